import { Effect } from "effect"
import { canonicalJson } from "#core/json/canonicalJson.ts"
import { quoteIdentifier } from "#core/warehouse/quoteIdentifier.ts"
import type { Params, Session } from "#core/warehouse/Session.ts"

export interface Column {
  readonly name: string
  readonly type: string
}

/** What a table holds, in numbers that add up over its parts. */
export interface Contents {
  readonly rows: number
  /** As the columns hold them in memory: 8 a number or instant, 16 an id, 1 a flag, the UTF-8 length of a text. */
  readonly bytes: number
  /** Sum of a 64-bit hash of each row: the order of rows does not change it, one row more or less does. */
  readonly sum: bigint
}

export const columnsIn = Effect.fnUntraced(function* (session: Session, relation: string) {
  const found = yield* session.query<{ column_name: string; column_type: string }>(`describe from ${relation}`)
  return found.map(({ column_name, column_type }) => ({ name: column_name, type: column_type }))
})

/** Counts, measures and sums up rows in one scan. */
export const contentsOf = Effect.fn("contentsOf")(function* (
  session: Session,
  relation: string,
  columns: ReadonlyArray<Column>,
  params?: Params
) {
  const width = columns.map(({ name, type }) =>
    type === "VARCHAR" ? `coalesce(sum(strlen(${quoteIdentifier(name)})), 0)` : `${fixedWidth(type)} * count(*)`
  )
  const sum = columns.length === 0 ? "0" : `coalesce(sum(${rowHash(columns)}), 0)`
  const [row] = yield* session.query<{ rows: number; bytes: number; sum: string }>(
    `select count(*) as rows, (${width.join(" + ") || "0"})::bigint as bytes, ${sum}::varchar as sum from ${relation}`,
    params
  )
  return { rows: row!.rows, bytes: row!.bytes, sum: BigInt(row!.sum) } satisfies Contents as Contents
})

/** Columns by name, so that moving one to another place changes nothing. */
const rowHash = (columns: ReadonlyArray<Column>): string =>
  `hash(${columns
    .map(({ name }) => quoteIdentifier(name))
    .sort()
    .join(", ")})`

/** What of a table is left after a part went and another came. */
export const exchange = (whole: Contents, gone: Contents, come: Contents): Contents => ({
  rows: whole.rows - gone.rows + come.rows,
  bytes: whole.bytes - gone.bytes + come.bytes,
  sum: whole.sum - gone.sum + come.sum
})

/**
 * Names contents: equal rows under equal columns have equal names, made anew or not. Keyed, so that a name tells nothing about rows that
 * somebody may guess.
 */
export const dataVersionOf = (
  hmac: (label: string, text: string) => string,
  asset: string,
  columns: ReadonlyArray<Column>,
  { rows, sum }: Contents
): string => {
  const shape = columns.map(({ name, type }) => `${name} ${type}`).sort()
  return hmac("data-version", canonicalJson({ asset, shape, rows, sum: String(sum) })).slice(0, 32)
}

const fixedWidth = (type: string): number =>
  type === "BOOLEAN" ? 1 : /^(?:UUID|HUGEINT|UHUGEINT|INTERVAL)/.test(type) ? 16 : 8
