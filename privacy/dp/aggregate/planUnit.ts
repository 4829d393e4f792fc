import { Effect } from "effect"
import { Refused } from "#core/Refused.ts"
import type { ReleaseSpec } from "#core/release/ReleaseSpec.ts"
import type { AggregateShape } from "./AggregatePlan.ts"
import { columnFamily } from "./columnFamily.ts"
import type { TableFacts } from "./TableFacts.ts"

/**
 * Checks the unit of a release. A subject's month can be protected by itself only if every row lies in one month, which a
 * column of the table says, and if rows are what arrived and not made of several months: so from a core table alone.
 * @returns the column of time of a `subject_month` release; undefined where the unit is the subject
 */
export const planUnit = Effect.fnUntraced(function* (
  spec: ReleaseSpec,
  table: TableFacts
): Effect.fn.Return<AggregateShape["time"], Refused> {
  const refuse = (field: string, message: string, fix: string): Refused =>
    new Refused({ code: "release.unit", message, fix, where: { asset: table.asset, field: `release.${field}` } })
  if (spec.unit === "subject_id") return undefined
  if (spec.unit !== "subject_month") {
    return yield* refuse(
      "unit",
      `A release protects subjects, or the months of subjects one by one; ${spec.unit.slice(0, 60)} is neither.`,
      "Write `unit: subject_id`, or `unit: subject_month` with `time:`."
    )
  }
  if (!table.asset.startsWith("core.") || table.statement !== undefined) {
    return yield* refuse(
      "unit",
      `A row of ${table.asset} may be made of several months, so the data of one subject and month could appear in two releases.`,
      "Release from a core table, whose rows are single records, or write `unit: subject_id`."
    )
  }
  const column = table.columns.find(({ name }) => name === spec.time)
  if (column === undefined || !["day", "instant"].includes(columnFamily(column.type))) {
    return yield* refuse(
      "time",
      spec.time === undefined
        ? "Nothing says in which month a row lies, so the data of one subject and month could appear in two releases."
        : `The column ${spec.time.slice(0, 60)} does not say in which month a row lies.`,
      "Write `time:` with a column of days or instants, such as ordered_at."
    )
  }
  if (spec.population?.subjects === undefined) {
    return yield* refuse(
      "population.subjects",
      "A release by months says how many subjects a month has: a count over all months would touch them all.",
      "Add population: { subjects: N } from what is publicly known of one month."
    )
  }
  return { column: column.name, columnType: column.type }
})
