import { Effect } from "effect"
import type { AggregatePlan, AggregateShape } from "../aggregate/AggregatePlan.ts"
import { readGroups } from "../aggregate/readGroups.ts"
import { rangeHistogram } from "../range/rangeHistogram.ts"
import type { Pipeline } from "./Pipeline.ts"

/**
 * The pipeline that a plan runs as.
 * @param shape  by which totals are really made: another one than the plan's is a bug on purpose
 */
export const pipelineOf = (plan: AggregatePlan, shape: AggregateShape = plan.shape): Pipeline => ({
  plan,
  inputs: Effect.fnUntraced(function* (relation, salt) {
    const groups = yield* readGroups(shape, relation, salt)
    const ranges = new Map<string, Float64Array>()
    for (const [i, { name }] of shape.measures.entries()) {
      if (plan.noise.measures[i]!.range !== undefined) ranges.set(name, yield* rangeHistogram(shape, i, relation, salt))
    }
    return { groups, ranges }
  })
})
