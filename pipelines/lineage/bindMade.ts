import { Effect } from "effect"
import { Warehouse } from "#core/warehouse/Warehouse.ts"
import type { Asset } from "../engine/Asset.ts"
import type { AssetColumn } from "../engine/Engine.ts"
import type { Made } from "../engine/staleness.ts"
import { bindAssets } from "./bindAssets.ts"

/** Binds assets with what the warehouse knows of their columns, and of the events that were stored with their rows. */
export const bindMade = Effect.fn("bindMade")(function* (
  order: ReadonlyArray<Asset>,
  made: (key: string) => Made | undefined
) {
  const columns = yield* (yield* Warehouse).query<AssetColumn & { asset: string }>(
    `select schema_name || '.' || table_name as asset, column_name as name, data_type as type
     from duckdb_columns() where not internal order by asset, column_index`
  )
  const known: ReadonlyMap<string, ReadonlyArray<AssetColumn>> = Map.groupBy(columns, ({ asset }) => asset)
  const edges = order.flatMap(({ key, kind }) => {
    const table = kind === "full" ? made(key)?.physical : undefined
    return known.get(table ?? "")?.some(({ name }) => name === "_src") === true ? [[key, table!] as const] : []
  })
  return { bound: yield* bindAssets(order, known, new Map(edges)), known }
})
