import { quoteIdentifier } from "#core/warehouse/quoteIdentifier.ts"
import type { Param } from "#core/warehouse/Session.ts"
import type { PlannedMeasure } from "./AggregatePlan.ts"
import { columnFamily } from "./columnFamily.ts"

/** One row's value is held within 2^62: a clamp to a public range, so no sum can overflow. */
const ROW_LIMIT = 2n ** 62n
/** What a float may come to in steps before it becomes an integer. */
const FLOAT_LIMIT = 2 ** 52

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
  let value = `cast(least(greatest(cast(${column} as hugeint), -${ROW_LIMIT}), ${ROW_LIMIT}) as bigint)`
  if (family !== "integer" || measure.step !== 1) {
    params[`step${i}`] = measure.step
    const steps = `cast(${column} as double) / cast($step${i} as double)`
    value = `cast(round(least(greatest(${steps}, -${FLOAT_LIMIT}.0), ${FLOAT_LIMIT}.0)) as bigint)`
  }
  return `case when ${conditions.join(" and ")} then ${value} end`
}
