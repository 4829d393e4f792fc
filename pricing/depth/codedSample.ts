import { Effect } from "effect"
import { quoteIdentifier } from "#core/warehouse/quoteIdentifier.ts"
import type { Session } from "#core/warehouse/Session.ts"
import { coarseLevel } from "./coarseLevel.ts"

/** A column of a row-like release. `measure` says that its values may all differ without naming anybody, such as an amount. */
export interface SampledColumn {
  readonly name: string
  readonly measure: boolean
}

/** A coarsened sample that lives as long as the session's transaction. */
export interface CodedSample {
  readonly rows: number
  /** Columns that `jointEntropy` may be asked about, in the given order. */
  readonly columns: ReadonlyArray<string>
  /** Columns left out because they name the row. */
  readonly keyLike: ReadonlyArray<string>
}

const sampleRows = 2 ** 16
/** Above this ratio of distinct values to rows a column names the row. */
const keyRatio = 0.95

/**
 * Draws the fixed sample that entropies are measured on and codes each column into at most 16 levels: quantile bins for what has an
 * order, the 15 most frequent values and the rest for what has none, nulls by themselves.
 *
 * The sample is the 2^16 rows with the smallest hash of (position, seed): the same rows from the same table, on any number of threads.
 *
 * @param session   inside a transaction, whose connection keeps the sample
 * @param relation  a released table as SQL: a quoted name or `read_parquet(...)`
 * @source          pricing.md, Depth
 */
export const codedSample = Effect.fn("codedSample")(function* (
  session: Session,
  relation: string,
  columns: ReadonlyArray<SampledColumn>,
  seed: number
) {
  const names = columns.map(({ name }) => quoteIdentifier(name))
  yield* session.run(
    `create or replace temp table depth_sample as
     select ${names.join(", ")} from (select *, row_number() over () as _position from ${relation})
     order by hash(_position, $seed::bigint), _position limit ${sampleRows}`,
    { seed }
  )
  const facts = names.map((name, i) => `count(distinct ${name}) as d${i}, count(*) - count(${name}) as n${i}`)
  const [profile] = yield* session.query<Record<string, number>>(
    `select count(*) as n, ${facts.join(", ")} from depth_sample`
  )
  const types = yield* session.query<{ column_type: string }>("describe depth_sample")

  const rows = profile!["n"]!
  const isKey = columns.map(({ measure }, i) => !measure && rows > 0 && profile![`d${i}`]! / rows > keyRatio)
  const levels = names.map((name, i) =>
    coarseLevel({ name, type: types[i]!.column_type, distinct: profile![`d${i}`]!, hasNulls: profile![`n${i}`]! > 0 })
  )
  const kept = levels.flatMap((level, i) => (isKey[i]! ? [] : [`cast(${level} + 1 as bigint) as ${names[i]!}`]))
  yield* session.script(
    `create or replace temp table depth_code as select ${[...kept, "0 as _none"].join(", ")} from depth_sample`
  )
  yield* session.script("drop table depth_sample")
  return {
    rows,
    columns: columns.filter((_, i) => !isKey[i]!).map(({ name }) => name),
    keyLike: columns.filter((_, i) => isKey[i]!).map(({ name }) => name)
  } satisfies CodedSample
})
