import { Effect } from "effect"
import { quoteIdentifier } from "#core/warehouse/quoteIdentifier.ts"
import type { Session } from "#core/warehouse/Session.ts"
import type { WarehouseError } from "#core/warehouse/WarehouseError.ts"
import { anonymityOf } from "./anonymityOf.ts"
import type { Anonymity } from "./anonymityOf.ts"

/**
 * Measures what groups of equal quasi-identifiers hide in a table; rows whose sensitive value is missing count as one more value.
 *
 * @param relation   SQL of a table with at least one row, quoted by the caller
 * @param sensitive  numbers are compared by their order, anything else as equal or not
 */
export const measureAnonymity = Effect.fn("measureAnonymity")(function* (
  session: Pick<Session, "columns" | "query">,
  relation: string,
  quasi: ReadonlyArray<string>,
  sensitive: string
): Effect.fn.Return<Anonymity, WarehouseError> {
  const keys = quasi.map((name) => quoteIdentifier(name)).join(", ")
  const own = quoteIdentifier(sensitive)
  const [type] = yield* session.query<{ numbers: boolean }>(
    `select count(${own}) > 0 and count(${own}) = count(try_cast(${own} as double)) as numbers from ${relation}`
  )
  const value = type!.numbers ? `try_cast(${own} as double)` : own
  const { values } = yield* session.columns(
    `select g::double as g, v::double as v, count(*)::double as n from (select dense_rank() over (order by ${keys}) as g, ` +
      `dense_rank() over (order by ${value}) - 1 as v from ${relation}) group by g, v order by g, v`
  )
  const column = (name: string): ArrayLike<number> => values[name] as ReadonlyArray<number>
  return anonymityOf({ group: column("g"), value: column("v"), rows: column("n") }, type!.numbers)
})
