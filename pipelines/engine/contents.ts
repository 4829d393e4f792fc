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

export const columnsIn = (session: Session, relation: string) => session.shape(`from ${relation}`)

/**
 * Counts, measures and sums up rows in one scan.
 *
 * @param rules  predicates on the rows that are counted on the way
 */
export const contentsOf = Effect.fnUntraced(function* (
  session: Session,
  relation: string,
  columns: ReadonlyArray<Column>,
  params?: Params,
  rules: ReadonlyArray<string> = []
) {
  const texts = columns.filter(({ type }) => type === "VARCHAR")
  const fixed = columns.reduce((sum, { type }) => sum + (type === "VARCHAR" ? 0 : fixedWidth(type)), 0)
  const lengths = texts.map(({ name }, i) => `sum(strlen(${quoteIdentifier(name)})) as w${i}`)
  const hashes = columns.length === 0 ? [] : [`sum(${rowHash(columns)}) as sum`]
  const broken = rules.map((rule, i) => `count(*) filter (where ${rule}) as n${i}`)
  const [row] = yield* session.query<Record<string, number | bigint | null>>(
    `select ${["count(*) as rows", ...lengths, ...hashes, ...broken].join(", ")} from ${relation}`,
    params
  )
  const rows = Number(row!["rows"])
  const bytes = texts.reduce((sum, _, i) => sum + Number(row![`w${i}`] ?? 0), fixed * rows)
  return {
    contents: { rows, bytes, sum: BigInt(row!["sum"] ?? 0) } satisfies Contents as Contents,
    broken: rules.map((_, i) => Number(row![`n${i}`]))
  }
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
