import { Effect } from "effect"
import { quoteIdentifier } from "#core/warehouse/quoteIdentifier.ts"
import type { Session } from "#core/warehouse/Session.ts"
import type { WarehouseError } from "#core/warehouse/WarehouseError.ts"
import type { ReleasedTable } from "./ReleasedTable.ts"

const CHUNK = 50_000

/** Creates the table of a release and fills it in its order; inside a transaction it appears whole or not at all. */
export const writeReleasedTable = Effect.fn("writeReleasedTable")(function* (
  session: Session,
  table: { readonly schema: string; readonly name: string },
  released: ReleasedTable
): Effect.fn.Return<void, WarehouseError> {
  const target = quoteIdentifier(table.schema, table.name)
  const columns = released.columns.map((column) => `${quoteIdentifier(column.name)} ${column.type} not null`)
  yield* session.run(`create table ${target} (${columns.join(", ")})`)
  const picks = released.columns.map((column, i) => `cast(unnest(cast($c${i} as varchar[])) as ${column.type})`)
  for (let from = 0; from < released.rows; from += CHUNK) {
    const params = Object.fromEntries(
      released.columns.map((column, i) => [`c${i}`, column.values.slice(from, from + CHUNK).map(String)])
    )
    yield* session.run(`insert into ${target} select ${picks.join(", ")}`, params)
  }
})
