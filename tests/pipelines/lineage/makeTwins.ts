import { Effect } from "effect"
import type { Warehouse } from "#core/warehouse/Warehouse.ts"
import type { Asset } from "#pipelines/engine/Asset.ts"
import { assetGraph } from "#pipelines/engine/AssetGraph.ts"
import { columnsOf } from "#pipelines/engine/makeAsset.ts"
import { bindAssets } from "#pipelines/lineage/bindAssets.ts"

/** Makes assets whose sources stand already by plain SQL, and binds them. */
export const makeTwins = Effect.fnUntraced(function* (warehouse: Warehouse["Service"], assets: ReadonlyArray<Asset>) {
  const graph = assetGraph(assets)
  const known = new Map<string, ReadonlyArray<{ name: string; type: string }>>()
  for (const { key, sql } of graph.order) {
    if (typeof sql === "string") yield* warehouse.run(`create table ${key} as ${sql}`)
    else known.set(key, yield* columnsOf(key))
  }
  return { graph, bound: yield* bindAssets(graph.order, known) }
})
