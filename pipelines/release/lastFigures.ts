import { Effect } from "effect"
import { quoteIdentifier } from "#core/warehouse/quoteIdentifier.ts"
import { Warehouse } from "#core/warehouse/Warehouse.ts"
import { Budget } from "#privacy/budget/Budget.ts"
import type { AggregateShape } from "#privacy/dp/aggregate/AggregatePlan.ts"
import type { ReleasedFigures } from "#privacy/dp/aggregate/ReleasedFigures.ts"

/**
 * The published figures of a product's last release, if it had the keys that the plan has. They are noisy and paid for, so a prediction
 * may use them; no other table is looked at.
 */
export const lastFigures = Effect.fn("lastFigures")(function* (product: string, { keys }: AggregateShape) {
  const warehouse = yield* Warehouse
  const ledger = yield* (yield* Budget).ledger
  const last = ledger.findLast(
    (entry) => entry.product === product && entry.kind === "release" && entry.committedAt !== null
  )
  if (last === undefined) return undefined
  const name = last.releaseId
  const [found] = yield* warehouse.query<{ n: number }>(
    "select count(*) as n from duckdb_tables() where schema_name = 'release' and table_name = $name",
    { name }
  )
  if (found?.n !== 1) return undefined
  const { names, values, length } = yield* warehouse.columns(`select * from ${quoteIdentifier("release", name)}`)
  if (length === 0 || keys.some((key) => !names.includes(key.name))) return undefined
  const of = <A>(
    columns: ReadonlyArray<string>,
    read: (value: unknown) => A
  ): Readonly<Record<string, ReadonlyArray<A>>> =>
    Object.fromEntries(columns.map((column) => [column, Array.from(values[column] as ArrayLike<unknown>, read)]))
  const own = keys.map((key) => key.name)
  return {
    release: name,
    cells: length,
    keys: of(own, (value) => (typeof value === "bigint" ? String(value) : value)),
    figures: of(
      names.filter((column) => !own.includes(column)),
      Number
    )
  } satisfies ReleasedFigures as ReleasedFigures
})
