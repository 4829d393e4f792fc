import { Effect } from "effect"
import { Warehouse } from "#core/warehouse/Warehouse.ts"

/** Whether the warehouse has a table yet: some come with the first load. */
export const hasTable = Effect.fnUntraced(function* (schema: string, name: string) {
  const [found] = yield* (yield* Warehouse).query<{ n: number }>(
    "select count(*) as n from duckdb_tables() where schema_name = $schema and table_name = $name",
    { schema, name }
  )
  return found!.n > 0
})
