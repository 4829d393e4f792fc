import type { Measurement } from "./Measurement.ts"

/**
 * The number of rows, as the precision-weighted mean of what each measured marginal sums to; at least 1.
 * @source McKenna, Sheldon, Miklau 2019 (arXiv 1901.09136)
 */
export function estimateTotal(measurements: ReadonlyArray<Measurement>): number {
  let [weighted, weight] = [0, 0]
  for (const { values, precision } of measurements) {
    let [sum, variance] = [0, 0]
    for (let j = 0; j < values.length; j++) {
      sum += values[j]!
      variance += 1 / precision[j]!
    }
    weighted += sum / variance
    weight += 1 / variance
  }
  return weight > 0 ? Math.max(1, weighted / weight) : 1
}
