import type { MeasureNoise, PlannedMeasure } from "./AggregatePlan.ts"

/**
 * Expected errors of a mean, variance or quantile per cell of a size. The prior: a mean is a quarter of the larger bound, a
 * variance a quarter of the largest, and the values around a quantile lie as densely as if spread over a quarter of the range.
 */
export function statisticErrors(
  measure: PlannedMeasure,
  noise: MeasureNoise,
  sizes: ReadonlyArray<number>
): { readonly absolute: ReadonlyArray<number>; readonly relative: ReadonlyArray<number> } {
  const { statistic, linf, lower, upper } = measure
  const typical = Math.max(Math.abs(lower), Math.abs(upper)) / 4
  if (statistic!.kind === "quantile") {
    const { over, under, candidates } = statistic as Extract<PlannedMeasure["statistic"], { kind: "quantile" }>
    const eps = Number(noise.choice!.num) / Number(noise.choice!.den)
    // Ranks by which the exponential mechanism misses, expected: ln(candidates) and one more, at 2 D / eps each.
    const ranks = ((2 * Math.max(over, under - over)) / under / eps) * (1 + Math.log(candidates))
    const absolute = sizes.map((size) => Math.min(upper - lower, (ranks / size) * ((upper - lower) / 4)))
    return { absolute, relative: absolute.map((error) => error / typical) }
  }
  const variance = statistic!.kind === "variance"
  const sigma = sigmaOf(variance ? noise.moments!.squareVariance! : noise.variance)
  const largest = variance ? linf ** 2 : linf
  const absolute = sizes.map((size) => Math.min(largest, (Math.sqrt(2 / Math.PI) * sigma) / size))
  return { absolute, relative: absolute.map((error) => error / (variance ? largest / 4 : typical)) }
}

const sigmaOf = (variance: { num: bigint; den: bigint }): number =>
  Math.sqrt(Number(variance.num) / Number(variance.den))
