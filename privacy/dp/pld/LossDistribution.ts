/**
 * The privacy loss of a mechanism on its worst pair of neighbours, rounded to a grid so that nothing is under-stated:
 * mass[i] is the probability of the loss (first + i) * grid, `infinity` that of an outright leak.
 */
export interface LossDistribution {
  readonly grid: number
  readonly first: number
  readonly mass: Float64Array
  readonly infinity: number
}
