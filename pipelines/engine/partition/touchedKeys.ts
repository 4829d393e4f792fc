import { Effect } from "effect"
import { quoteIdentifier } from "#core/warehouse/quoteIdentifier.ts"
import type { Params, Session } from "#core/warehouse/Session.ts"
import type { Partitions } from "../Partitions.ts"
import { onlyKey, unite } from "./KeyRange.ts"
import type { KeyRange, KeyRanges } from "./KeyRange.ts"
import { addDays } from "./partitionKeys.ts"
import { keyOf } from "./partitionSql.ts"

const mostRanges = 10_000

/** Days are grouped as days and become texts afterwards: a text a row costs ten times as much. */
const groupOf = (partitions: Partitions): string =>
  partitions.type === "daily" ? `(${partitions.by})::date` : keyOf(partitions)

/**
 * The partitions of which `old` and `fresh`, two relations with the same columns, hold different rows: their rows are summed up by hashes, so the
 * order in which they lie does not count. Days that follow one another come as one range.
 */
export const touchedKeys = Effect.fn("touchedKeys")(function* (
  session: Session,
  partitions: Partitions,
  columns: ReadonlyArray<string>,
  old: string,
  fresh: string,
  params: Params
) {
  const hash = `hash(${columns.map((name) => quoteIdentifier(name)).join(", ")})`
  const half = (relation: string, sign: string): string =>
    `select ${groupOf(partitions)} as key, ${hash} as h, ${sign} as part from ${relation}`
  return yield* asRanges(
    session,
    partitions,
    `select key from (${half(old, "0")} union all ${half(fresh, "1")}) where key is not null group by key
     having count(*) filter (part = 0) <> count(*) filter (part = 1)
       or sum(h) filter (part = 0) is distinct from sum(h) filter (part = 1)`,
    params
  )
})

/** The partitions that some rows lie in. */
export const keysOfRows = (session: Session, partitions: Partitions, rows: string, params: Params) =>
  asRanges(session, partitions, `select distinct ${groupOf(partitions)} as key from ${rows}`, params)

/** Keys as ranges, neighbouring days joined by the engine; one range around all of them where there are too many gaps. */
const asRanges = Effect.fnUntraced(function* (session: Session, partitions: Partitions, keys: string, params: Params) {
  const daily = partitions.type === "daily"
  const sql = daily
    ? `select strftime(min(key), '%Y-%m-%d') as "from", strftime(max(key), '%Y-%m-%d') as "to"
       from (select key, key - row_number() over (order by key)::integer as island from (${keys}) where key is not null)
       group by island order by "from"`
    : `select key as "from", key as "to" from (${keys}) where key is not null order by key`
  const found = yield* session.query<KeyRange>(sql, params)
  const closed = found.map(({ from, to }) => (daily ? { from, to: addDays(to, 1) } : onlyKey(from)))
  if (closed.length <= mostRanges) return unite(closed)
  return [{ from: closed[0]!.from, to: closed.at(-1)!.to }] satisfies KeyRanges as KeyRanges
})
