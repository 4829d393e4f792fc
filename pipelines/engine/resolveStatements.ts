import { Effect } from "effect"
import { Warehouse } from "#core/warehouse/Warehouse.ts"
import type { Asset } from "./Asset.ts"
import { codeVersion } from "./codeVersion.ts"
import { readStatements } from "./readStatements.ts"

/** The code version of every asset as its statement reads now; a statement that follows columns is written with those that are there. */
export const resolveStatements = Effect.fn("resolveStatements")(function* (assets: ReadonlyArray<Asset>) {
  const columns = assets.some(({ sql }) => typeof sql === "function") ? yield* columnsNow() : new Map()
  const texts = new Map<string, string>()
  for (const { key, sql, deps } of assets) {
    if (typeof sql === "string") texts.set(key, sql)
    else if (sql !== undefined && deps.every((dep) => columns.has(dep))) texts.set(key, sql(columns))
  }
  const statement = yield* readStatements(texts.values())
  return new Map(
    assets.map((asset) => {
      const text = texts.get(asset.key)
      return [asset.key, codeVersion(asset, text === undefined ? null : statement(text).fingerprint)]
    })
  )
})

const columnsNow = Effect.fnUntraced(function* () {
  const warehouse = yield* Warehouse
  const rows = yield* warehouse.query<{ key: string; names: string }>(
    `select schema_name || '.' || table_name as key, to_json(list(column_name order by column_index))::varchar as names
     from duckdb_columns() where not internal group by all`
  )
  return new Map(rows.map(({ key, names }) => [key, JSON.parse(names) as ReadonlyArray<string>]))
})
