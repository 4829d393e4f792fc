import { monthOf } from "#core/time/Period.ts"
import { quoteIdentifier } from "#core/warehouse/quoteIdentifier.ts"

/**
 * SQL that is true for the rows of one calendar month, by a column of days or instants; total: rows without a day, and
 * those at either infinity, are in no month.
 * @param month  such as `2026-10`
 */
export function monthSql(column: string, month: string): string {
  const { from, to } = monthOf(month)
  const day = quoteIdentifier(column)
  return `coalesce(${day} >= date '${from}' and ${day} < date '${to}', false)`
}
