import { Effect } from "effect"
import { quoteIdentifier } from "#core/warehouse/quoteIdentifier.ts"
import { Warehouse } from "#core/warehouse/Warehouse.ts"
import type { AggregatePlan, AggregateShape } from "../aggregate/AggregatePlan.ts"
import { readGroups } from "../aggregate/readGroups.ts"
import { rangeHistogram } from "../range/rangeHistogram.ts"
import { monthSql } from "../month/monthSql.ts"
import type { Pipeline } from "./Pipeline.ts"

/** The month that is audited where the unit is a subject's month; generated rows lie in it and beside it. */
export const AUDIT_MONTH = "2026-01"

/** The rows that a release reads: those of its month, where it has one. */
const rowsOf = Effect.fnUntraced(function* (shape: AggregateShape, whole: ReadonlyArray<string>, month: string) {
  if (shape.time === undefined) return whole
  const { script } = yield* Warehouse
  const within = monthSql(shape.time.column, month)
  yield* script(`create or replace view core.of_month as select * from ${quoteIdentifier(...whole)} where ${within}`)
  return ["core", "of_month"]
})

/**
 * The pipeline that a plan runs as.
 * @param shape  by which totals are really made: another one than the plan's is a bug on purpose
 */
export const pipelineOf = (plan: AggregatePlan, shape: AggregateShape = plan.shape): Pipeline => ({
  plan,
  inputs: Effect.fnUntraced(function* (whole, salt) {
    const relation = yield* rowsOf(shape, whole, AUDIT_MONTH)
    const groups = yield* readGroups(shape, relation, salt)
    const ranges = new Map<string, Float64Array>()
    for (const [i, { name }] of shape.measures.entries()) {
      if (plan.noise.measures[i]!.range !== undefined) ranges.set(name, yield* rangeHistogram(shape, i, relation, salt))
    }
    return { groups, ranges }
  })
})
