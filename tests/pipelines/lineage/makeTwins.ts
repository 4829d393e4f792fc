import { Effect } from "effect"
import type { Warehouse } from "#core/warehouse/Warehouse.ts"
import type { Asset } from "#pipelines/engine/Asset.ts"
import { assetGraph } from "#pipelines/engine/AssetGraph.ts"
import { columnsOf } from "#pipelines/engine/makeAsset.ts"
import { bindAssets } from "#pipelines/lineage/bindAssets.ts"
import { provenanceSql } from "#pipelines/lineage/provenanceSql.ts"

/**
 * Makes assets whose sources stand already by plain SQL, and binds them. What cannot be replayed is made with the events of each row, as the engine
 * does.
 */
export const makeTwins = Effect.fnUntraced(function* (warehouse: Warehouse["Service"], assets: ReadonlyArray<Asset>) {
  const graph = assetGraph(assets)
  const known = new Map<string, ReadonlyArray<{ name: string; type: string }>>()
  for (const { key, sql } of graph.order) if (sql === undefined) known.set(key, yield* columnsOf(key))
  const plain = yield* bindAssets(graph.order, known)
  const chosen = graph.order.filter(
    ({ key }) => plain.get(key)!.record === "non_invertible" && !plain.get(key)!.carries
  )
  const tables = new Map(chosen.map(({ key }) => [key, `_stage.${key.replace(".", "__")}`] as const))
  const bound = yield* bindAssets(graph.order, known, tables)
  for (const { key, sql } of graph.order) {
    const table = tables.get(key)
    if (table !== undefined) {
      yield* warehouse.run(`create table ${table} as ${yield* provenanceSql(warehouse, bound, key, { once: true })}`)
      yield* warehouse.run(`create view ${key} as select * exclude (_src) from ${table}`)
    } else if (typeof sql === "string") yield* warehouse.run(`create table ${key} as ${sql}`)
  }
  return { graph, bound }
})
