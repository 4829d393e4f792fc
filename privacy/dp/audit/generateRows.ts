import type { BitSource } from "#core/random/BitSource.ts"
import { uniformInt } from "#core/random/uniformInt.ts"
import { quoteIdentifier } from "#core/warehouse/quoteIdentifier.ts"
import { quoteText } from "#core/warehouse/quoteText.ts"
import type { AggregateShape } from "../aggregate/AggregatePlan.ts"
import { columnFamily } from "../aggregate/columnFamily.ts"
import type { TableFacts } from "../aggregate/TableFacts.ts"
import { busyTuples } from "./busyTuples.ts"

/** Values that have broken other engines, as SQL, by family; drawn about every third time. */
const ugly: Readonly<Record<string, ReadonlyArray<string>>> = {
  text: ["''", "null", "'\u4e2d\u6587'", "'a''b'"],
  integer: ["0", "-7", "null", "127", "-128"],
  decimal: ["0", "null", "-9.99", "99.99"],
  float: ["'nan'::double", "'inf'::double", "'-inf'::double", "1e308", "-1e308", "5e-324", "-0.0", "null"],
  day: ["null", "'infinity'", "'-infinity'", "'0001-01-01'", "'9999-12-31'"],
  instant: ["null", "'infinity'", "'-infinity'", "'290000-01-01'", "'2026-02-28 23:59:59.999999'"],
  boolean: ["null", "true", "false"],
  other: ["null"]
}
const huge: Readonly<Record<string, ReadonlyArray<string>>> = {
  BIGINT: ["9223372036854775807", "-9223372036854775808"],
  HUGEINT: ["170141183460469231731687303715884105727"],
  INTEGER: ["2147483647", "-2147483648"]
}

/** Subjects of one generated table. */
export const AUDIT_SUBJECTS = 8
const BUSY_SUBJECTS = 3

/**
 * SQL that makes one small table of a schema, full of edge values; the values of public keys occur, and so do others.
 * @param bits  seeded: an audit can be repeated
 */
export function generateRows(facts: TableFacts, shape: AggregateShape, table: string, bits: BitSource): string {
  const pick = (list: ReadonlyArray<string>): string => list[uniformInt(bits, list.length)]!
  const columns = facts.columns.filter(({ name }) => name !== "subject_id")
  const pools = columns.map(({ name, type }) => {
    const family = columnFamily(type)
    const edges = [...(ugly[family] ?? []), ...(huge[type] ?? [])]
    return { name, usual: usualValues(shape, name, type), edges, type }
  })
  const rows = Array.from({ length: 10 + uniformInt(bits, 60) }, () => {
    const subject = uniformInt(bits, AUDIT_SUBJECTS + 1)
    const name = subject === AUDIT_SUBJECTS ? pick(["null", "''"]) : `'s${subject}'`
    // A value that its type cannot hold becomes null there, not an error here.
    const values = pools.map(({ usual, edges, type }) => {
      const value = uniformInt(bits, 3) === 0 ? pick(edges) : pick(usual)
      return `try_cast(${value} as ${type})`
    })
    return `(${[name, ...values].join(", ")})`
  })
  // Some subjects are in more groups than they may count in, the same ones, so that how they are bounded shows.
  const busy = busyTuples(shape, shape.l0 + 2)
  for (const tuple of busy.rows) {
    for (let subject = 0; subject < BUSY_SUBJECTS; subject++) {
      const values = pools.map(({ name, usual, type }) => {
        const place = busy.columns.indexOf(name)
        return `try_cast(${place < 0 ? usual[0]! : tuple[place]!} as ${type})`
      })
      // Twice: each row within its bounds, both together beyond them.
      const row = `(${[`'s${subject}'`, ...values].join(", ")})`
      rows.push(row, row)
    }
  }
  const types = [`subject_id varchar`, ...columns.map(({ name, type }) => `${quoteIdentifier(name)} ${type}`)]
  const target = quoteIdentifier("core", table)
  return `create or replace table ${target} (${types.join(", ")}); insert into ${target} values ${rows.join(", ")}`
}

/** Plain values of a column: those of its public list or range, and where it is summed some inside and outside of its bounds. */
function usualValues(shape: AggregateShape, name: string, type: string): ReadonlyArray<string> {
  const family = columnFamily(type)
  const key = shape.keys.find(({ source }) => source.column === name)
  const literal = (value: unknown): string => (typeof value === "string" ? quoteText(value) : String(value))
  const listed = (key?.domain?.values ?? []).slice(0, 4).map(literal)
  const currencies = shape.measures.flatMap(({ currency }) => (currency === undefined ? [] : [quoteText(currency)]))
  if (name === "currency" && currencies.length > 0) return [...currencies, ...currencies, "'XXX'"]
  if (listed.length > 0 && key!.source.call === undefined) return listed
  if (listed.length > 0 && (family === "day" || family === "instant")) return listed
  if (name === shape.time?.column) return ["'2026-01-01'", "'2026-01-31'", "'2026-02-01'", "'2025-12-31'"]
  const measure = shape.measures.find(({ column }) => column === name)
  if (measure !== undefined && family !== "text") {
    const { lower, upper, step } = measure
    const around = [upper * step, (upper + 1) * step * 8, lower * step, ((lower + upper) / 2) * step]
    return around.map((value) =>
      family === "integer" ? String(BigInt(Math.round(value)) % 2_147_483_647n) : String(value)
    )
  }
  switch (family) {
    case "integer":
      return type.endsWith("TINYINT") ? ["1", "5", "12"] : ["1", "5", "12", "100"]
    case "decimal":
      return ["1", "2.5"]
    case "float":
      return ["0.1", "2.5", "1000"]
    case "day":
    case "instant":
      return ["'2026-01-01'", "'2026-02-15'", "'2026-03-31'"]
    case "boolean":
      return ["true", "false"]
    case "text":
      return ["'A'", "'B'", "'C'", "'D'", "'E'"]
    case "other":
      return ["null"]
  }
}
