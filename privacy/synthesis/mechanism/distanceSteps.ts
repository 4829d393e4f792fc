/**
 * The L1 distance of a table of counts from what a model says, in steps: an exact integer that one row moves by at most
 * `step`, because the model's side is rounded before, whatever the data.
 * @param counts  whole numbers
 * @param step    steps a row, a power of two
 */
export function distanceSteps(counts: Float64Array, model: Float64Array, step: number): number {
  let sum = 0
  for (let j = 0; j < counts.length; j++) sum += Math.abs(counts[j]! * step - Math.round(model[j]! * step))
  return sum
}
