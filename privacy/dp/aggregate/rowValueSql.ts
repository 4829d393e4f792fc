import { quoteIdentifier } from "#core/warehouse/quoteIdentifier.ts"
import type { Param } from "#core/warehouse/Session.ts"
import type { PlannedMeasure } from "./AggregatePlan.ts"
import { columnFamily } from "./columnFamily.ts"

/** One row's value is held within this on either side of zero, where numbers are exact: a public clamp far beyond all bounds. */
const ROW_LIMIT = 2n ** 52n

/** One row's part of a sum, in steps; null where there is none, so that it is dropped and not clamped to a bound. */
export function rowValueSql(measure: PlannedMeasure, i: number, params: Record<string, Param>): string {
  const column = quoteIdentifier(measure.column!)
  const conditions = [`${column} is not null`]
  if (measure.restrictCurrency) {
    params[`currency${i}`] = measure.currency!
    conditions.push(`currency = $currency${i}`)
  }
  const family = columnFamily(measure.columnType!)
  if (family === "float") conditions.push(`isfinite(${column})`)
  let value = `cast(${column} as bigint)`
  // Types of 32 bits and fewer need no clamp; arithmetic in the column's own type is what keeps ten million rows cheap.
  if (/^(BIGINT|HUGEINT|UBIGINT)$/.test(measure.columnType!)) {
    const least = measure.columnType === "UBIGINT" ? 0n : -ROW_LIMIT
    value = `cast(least(greatest(${column}, ${least}), ${ROW_LIMIT}) as bigint)`
  }
  if (family !== "integer" || measure.step !== 1) {
    params[`step${i}`] = measure.step
    const steps = `cast(${column} as double) / cast($step${i} as double)`
    value = `cast(round(least(greatest(${steps}, -${ROW_LIMIT}.0), ${ROW_LIMIT}.0)) as bigint)`
  }
  return `case when ${conditions.join(" and ")} then ${value} end`
}
