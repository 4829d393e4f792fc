import type { Params } from "#core/warehouse/Session.ts"
import type { Partitions } from "../Partitions.ts"
import { everything } from "./KeyRange.ts"
import type { KeyRanges } from "./KeyRange.ts"

/** The partition of a row as a text, for comparing and grouping. */
export const keyOf = (partitions: Partitions): string =>
  partitions.type === "daily" ? `strftime((${partitions.by})::date, '%Y-%m-%d')` : `(${partitions.by})::varchar`

/**
 * A condition on rows that holds for those of the given partitions. Days compare the expression itself with whole days, so that the engine can
 * skip blocks and push the condition below the statement.
 */
export function rowsOf(partitions: Partitions, ranges: KeyRanges): { readonly where: string; readonly params: Params } {
  const daily = partitions.type === "daily"
  const value = daily ? `(${partitions.by})` : `(${partitions.by})::varchar`
  const bound = (name: string): string => (daily ? `$${name}::date` : `$${name}`)
  const params: Record<string, string> = {}
  const tests = ranges.map(({ from, to }, i) => {
    const parts = [`${value} is not null`]
    if (from !== everything.from) {
      parts.push(`${value} >= ${bound(`from${i}`)}`)
      params[`from${i}`] = from
    }
    if (to !== everything.to) {
      parts.push(`${value} < ${bound(`to${i}`)}`)
      params[`to${i}`] = to
    }
    return parts.length === 1 ? parts[0]! : parts.slice(1).join(" and ")
  })
  return { where: tests.length === 0 ? "false" : tests.map((test) => `(${test})`).join(" or "), params }
}
