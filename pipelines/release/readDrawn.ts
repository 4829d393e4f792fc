import { Effect } from "effect"
import { quoteIdentifier } from "#core/warehouse/quoteIdentifier.ts"
import type { Session } from "#core/warehouse/Session.ts"
import type { AggregatePlan } from "#privacy/dp/aggregate/AggregatePlan.ts"
import type { ReleasedColumn, ReleasedTable } from "#privacy/dp/aggregate/ReleasedTable.ts"

/** Half-widths of the intervals stand beside the figures: they are released numbers too. */
export const widthsOf = (name: string): string => `${name}_widths`

/** The table that a release drew into the warehouse, with its half-widths; undefined if none stands. */
export const readDrawn = Effect.fnUntraced(function* (session: Session, name: string, plan: AggregatePlan) {
  const found = yield* session.query<{ name: string }>(
    "select table_name as name from duckdb_tables() where schema_name = 'release' and table_name in ($name, $widths)",
    { name, widths: widthsOf(name) }
  )
  const standing = new Set(found.map((table) => table.name))
  if (!standing.has(name)) return undefined
  const stored = yield* session.columns(`select * from ${quoteIdentifier("release", name)}`)
  const widths = standing.has(widthsOf(name))
    ? (yield* session.columns(`select * from ${quoteIdentifier("release", widthsOf(name))}`)).values
    : {}
  const keys = new Set(plan.shape.keys.map((key) => key.name))
  const columns = stored.names.map((column, i): ReleasedColumn => ({
    name: column,
    type: stored.types[i]! as ReleasedColumn["type"],
    role: keys.has(column) ? "key" : "measure",
    values: stored.values[column] as ReleasedColumn["values"],
    ...(widths[column] === undefined ? {} : { halfWidths: Array.from(widths[column] as ArrayLike<number>) })
  }))
  return { rows: stored.length, columns } satisfies ReleasedTable as ReleasedTable
})
