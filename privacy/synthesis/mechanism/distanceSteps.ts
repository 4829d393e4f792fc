import { SCORE_STEP } from "./SCORE_STEP.ts"

/**
 * The L1 distance of a table of counts from what a model says, in steps of 2^-20: an exact integer that one row moves by at
 * most 2^20, because the model's side is rounded before, whatever the data.
 * @param counts  whole numbers
 */
export function distanceSteps(counts: Float64Array, model: Float64Array): number {
  let sum = 0
  for (let j = 0; j < counts.length; j++) {
    sum += Math.abs(counts[j]! * SCORE_STEP - Math.round(model[j]! * SCORE_STEP))
  }
  return sum
}
