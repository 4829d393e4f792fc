import { identifierSql } from "#privacy/identifier/identifierSql.ts"
import { identifiersInText } from "#privacy/identifier/identifiersInText.ts"
import { quoteIdentifier } from "#core/warehouse/quoteIdentifier.ts"
import { quoteText } from "#core/warehouse/quoteText.ts"
import type { Session } from "#core/warehouse/Session.ts"
import { Effect } from "effect"
import type { ColumnFindings } from "./Inspection.ts"
import { namedKind } from "./namedKind.ts"
import { timeFormats } from "./timeFormats.ts"

const markers = [
  "?",
  "-",
  "--",
  "N/A",
  "n/a",
  "NA",
  "#N/A",
  "NULL",
  "null",
  "None",
  "none",
  "nil",
  "NaN",
  "nan",
  "\\N",
  "无"
]

/** A type is proposed when at least this share of the values fits; the rest is reported as failing. */
const enough = 0.95

const tests: Readonly<Record<string, string>> = {
  stray: "v <> t",
  line_ends: "contains(v, chr(10)) or contains(v, chr(13))",
  whole: String.raw`regexp_full_match(t, '[+-]?\d{1,18}')`,
  zeros: String.raw`regexp_full_match(t, '0\d+')`,
  decimal: String.raw`regexp_full_match(t, '[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?')`,
  truth: "lower(t) in ('true', 'false', 'yes', 'no')",
  dated: String.raw`regexp_full_match(t, '\d{1,4}[-/.年]\d{1,2}[-/.月]\d{1,4}.*|(19|20)\d{6}')`
}

/** Counts what one column of a relation holds. All tests run on distinct values, weighted by how often each occurs. */
export const columnFindings = Effect.fnUntraced(function* (
  session: Session,
  relation: string,
  name: string,
  counts: { readonly rows: number; readonly present: number }
) {
  const named = namedKind(name)
  const missing = counts.rows - counts.present
  if (counts.present === 0) {
    return {
      ...emptyColumn,
      name,
      missing,
      ...(named === undefined ? {} : { named })
    } satisfies ColumnFindings as ColumnFindings
  }
  const counted = [
    ...Object.entries(tests).map(
      ([key, test]) => `coalesce(sum(n) filter (where real and (${test})), 0)::bigint as ${key}`
    ),
    ...Object.entries(identifierSql).map(
      ([key, test]) => `coalesce(sum(n) filter (where real and ${test}), 0)::bigint as id_${key}`
    ),
    ...markers.map((marker, i) => `coalesce(sum(n) filter (where t = ${quoteText(marker)}), 0)::bigint as marker_${i}`)
  ]
  const column = quoteIdentifier(name)
  const values =
    `select v, n, t, t not in ('', ${markers.map(quoteText).join(", ")}) as real from ` +
    `(select ${column} as v, trim(${column}, ' \t\r\n') as t, count(*) as n from ${relation} ` +
    `where ${column} is not null group by 1)`
  const [row] = yield* session.query<Record<string, number>>(
    `select coalesce(sum(n) filter (where real), 0)::bigint as real_values, ` +
      `count(*) filter (where real) as distinct_values, ` +
      `coalesce(max(length(t)) filter (where real), 0) as longest, ` +
      `(count(*) filter (where real)) - count(distinct lower(t)) filter (where real) as variants, ` +
      `${counted.join(", ")} from (${values})`
  )
  const found = row!
  const real = found["real_values"]!
  const time = found["dated"]! >= real * enough && real > 0 ? yield* timeOf(session, values, real) : undefined
  const type = typeOf(found, time !== undefined)
  // Shorter values are identifiers as a whole or not at all.
  const inside =
    type === "text" && found["longest"]! >= 12 ? yield* identifiersInText(session, relation, name) : undefined
  const fitting = {
    integer: found["whole"]!,
    decimal: found["decimal"]!,
    boolean: found["truth"]!,
    time: time?.count ?? 0
  }
  return {
    name,
    type,
    ...(time === undefined || type !== "time" ? {} : { format: time.format }),
    ...(time?.ambiguous === undefined || type !== "time" ? {} : { ambiguous: time.ambiguous }),
    present: counts.present,
    missing,
    distinct: found["distinct_values"]!,
    longest: found["longest"]!,
    markers: Object.fromEntries(
      markers.map((marker, i) => [marker, found[`marker_${i}`]!] as const).filter(([, n]) => n > 0)
    ),
    failing: type === "text" || type === "empty" ? 0 : real - fitting[type],
    leadingZeros: found["zeros"]!,
    strayBlanks: found["stray"]!,
    lineEnds: found["line_ends"]!,
    variants: found["variants"]!,
    identifiers: Object.fromEntries(
      Object.keys(identifierSql)
        .map((kind) => [kind, found[`id_${kind}`]!] as const)
        .filter(([, n]) => n > 0)
    ),
    ...(inside === undefined || Object.keys(inside.holding).length === 0 ? {} : { inText: inside }),
    ...(named === undefined ? {} : { named })
  } satisfies ColumnFindings as ColumnFindings
})

const emptyColumn = {
  type: "empty",
  present: 0,
  distinct: 0,
  longest: 0,
  markers: {},
  failing: 0,
  leadingZeros: 0,
  strayBlanks: 0,
  lineEnds: 0,
  variants: 0,
  identifiers: {}
} as const

/** A number with a leading zero is a code, and a column that holds any stays text. */
function typeOf(found: Record<string, number>, isTime: boolean): ColumnFindings["type"] {
  const real = found["real_values"]!
  const most = (count: number): boolean => count >= real * enough
  if (real === 0) return "empty"
  if (isTime) return "time"
  if (found["zeros"]! > 0) return "text"
  if (most(found["whole"]!)) return "integer"
  if (most(found["decimal"]!)) return "decimal"
  return most(found["truth"]!) ? "boolean" : "text"
}

interface TimeFinding {
  readonly format: string
  readonly count: number
  readonly ambiguous?: { readonly other: string; readonly both: number; readonly decided: boolean }
}

const timeOf = Effect.fnUntraced(function* (session: Session, values: string, real: number) {
  const parse = (format: string): string => `try_strptime(t, ${quoteText(format)}) is not null`
  const cells = timeFormats.flatMap(({ format, other }, i) => [
    `coalesce(sum(n) filter (where ${parse(format)}), 0)::bigint as f${i}`,
    ...(other === undefined
      ? []
      : [`coalesce(sum(n) filter (where ${parse(format)} and ${parse(other)}), 0)::bigint as b${i}`])
  ])
  const [row] = yield* session.query<Record<string, number>>(`select ${cells.join(", ")} from (${values}) where real`)
  let best: TimeFinding | undefined
  timeFormats.forEach(({ format, other }, i) => {
    const count = row![`f${i}`]!
    const both = row![`b${i}`] ?? 0
    if (count < real * enough || count <= (best?.count ?? 0)) return
    const ambiguous = other === undefined || both === 0 ? {} : { ambiguous: { other, both, decided: both < count } }
    best = { format, count, ...ambiguous }
  })
  return best
})
