import type { BeliefPropagation } from "./BeliefPropagation.ts"
import type { MarginalLoss } from "./MarginalLoss.ts"

/** What an optimiser works on; it changes `potentials` and leaves the beliefs at its answer. */
export interface FitProblem {
  readonly propagation: BeliefPropagation
  readonly loss: MarginalLoss
  /** per measurement its log potential; 0 everywhere or a warm start */
  readonly potentials: ReadonlyArray<Float64Array>
  /** log potentials that stay: 0 where a rule allows, -Infinity where it forbids */
  readonly fixed: ReadonlyArray<Float64Array>
  /** rows of the model */
  readonly total: number
}

export interface FitOptions {
  readonly steps: number
  /** stop when the loss fell by less than this share over 25 steps */
  readonly tolerance: number
}

export interface FitResult {
  readonly loss: number
  readonly steps: number
  /** false: rules leave no row at all */
  readonly possible: boolean
}
