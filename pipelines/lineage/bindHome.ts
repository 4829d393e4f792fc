import { Effect } from "effect"
import { Warehouse } from "#core/warehouse/Warehouse.ts"
import { assetGraph } from "../engine/AssetGraph.ts"
import { Engine } from "../engine/Engine.ts"
import type { AssetColumn } from "../engine/Engine.ts"
import { bindAssets } from "./bindAssets.ts"

/** Every asset of the home, bound against the schema twin, with what is known of it. */
export const bindHome = Effect.fn("bindHome")(function* () {
  const facts = yield* (yield* Engine).facts
  const graph = assetGraph(facts.map(({ asset }) => asset))
  const columns = yield* (yield* Warehouse).query<AssetColumn & { asset: string }>(
    `select schema_name || '.' || table_name as asset, column_name as name, data_type as type
     from duckdb_columns() where not internal order by asset, column_index`
  )
  const known = Map.groupBy(columns, ({ asset }) => asset)
  return {
    graph,
    facts: new Map(facts.map((one) => [one.asset.key, one])),
    bound: yield* bindAssets(graph.order, known)
  }
})
