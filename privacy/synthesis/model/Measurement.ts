import type { Clique } from "./Clique.ts"

/** A noisy marginal: an unbiased reading of each cell of a clique's table, with the precision of its noise. */
export interface Measurement {
  readonly clique: Clique
  readonly values: Float64Array
  /** 1 / variance of each cell's noise */
  readonly precision: Float64Array
}
