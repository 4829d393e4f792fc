/** A noised column of a released table. */
export interface ReleasedMeasure {
  readonly name: string
  /** One value per released row; NaN where the release withheld one. */
  readonly values: ArrayLike<number>
  /** Variance of the mechanism's noise in one cell, in the square of the measure's unit; public, since it follows from the plan. */
  readonly noiseVariance: number
}

/**
 * Measures what a noised column tells: max(0, 1/2 log2(Var(released) / noise variance)) bits.
 *
 * Pure noise has Var(released) = noise variance and tells nothing. Withheld values (NaN) are left out; fewer than two values tell
 * nothing.
 *
 * @throws  RangeError if the noise variance is not positive and finite: only noised columns are measured so
 * @source  pricing.md, Depth of a dp_aggregate
 */
export function measureBits({ name, values, noiseVariance }: ReleasedMeasure): number {
  if (!(noiseVariance > 0 && noiseVariance < Infinity)) throw new RangeError(`measureBits: noise variance of ${name}`)
  const variance = varianceOf(values)
  return variance > noiseVariance ? Math.log2(variance / noiseVariance) / 2 : 0
}

/** Population variance by Welford's update, which does not cancel when the mean is large. */
function varianceOf(values: ArrayLike<number>): number {
  let n = 0
  let mean = 0
  let squares = 0
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!
    if (Number.isNaN(value)) continue
    n++
    const step = value - mean
    mean += step / n
    squares += step * (value - mean)
  }
  return n === 0 ? 0 : squares / n
}
