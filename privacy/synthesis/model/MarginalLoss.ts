import type { BeliefPropagation } from "./BeliefPropagation.ts"
import { cellsOf } from "./cellsOf.ts"
import type { Measurement } from "./Measurement.ts"
import { smallestHome } from "./smallestHome.ts"

/** How far marginals are from what was measured: L(mu) = 1/2 sum precision (mu - y)^2. */
export interface MarginalLoss {
  /** bound on the curvature over the tree: sum over the readings of a clique of precision n_C / n_r */
  readonly curvature: number
  /** the largest precision of any cell */
  readonly sharpest: number
  /** Reads the marginal of each measured clique from the beliefs. */
  read(marginals: ReadonlyArray<Float64Array>): void
  /** The loss at marginals; `gradient` is overwritten. */
  evaluate(marginals: ReadonlyArray<Float64Array>, gradient: ReadonlyArray<Float64Array>): number
}

/**
 * The loss of Private-PGM, divided by sigma^2 throughout.
 * @param measurements  in the order of the propagation's first factors
 * @source              McKenna, Sheldon, Miklau 2019 (arXiv 1901.09136), algorithm 1
 */
export const MarginalLoss = (
  sizes: ReadonlyArray<number>,
  propagation: BeliefPropagation,
  measurements: ReadonlyArray<Measurement>
): MarginalLoss => {
  const { cliques } = propagation.tree
  const curvatures = new Float64Array(cliques.length)
  let sharpest = 0
  for (const { clique, precision } of measurements) {
    const home = smallestHome(sizes, cliques, clique)
    let most = 0
    for (let j = 0; j < precision.length; j++) most = Math.max(most, precision[j]!)
    sharpest = Math.max(sharpest, most)
    curvatures[home]! += (most * cellsOf(sizes, cliques[home]!)) / cellsOf(sizes, clique)
  }
  return {
    curvature: curvatures.reduce((a, b) => Math.max(a, b), 0),
    sharpest,
    read: (marginals) => {
      for (let r = 0; r < measurements.length; r++) propagation.marginal(r, marginals[r]!)
    },
    evaluate: (marginals, gradient) => {
      let loss = 0
      for (let r = 0; r < measurements.length; r++) {
        const { values, precision } = measurements[r]!
        const [mu, slope] = [marginals[r]!, gradient[r]!]
        for (let j = 0; j < values.length; j++) {
          const miss = mu[j]! - values[j]!
          slope[j] = miss * precision[j]!
          loss += miss * slope[j]!
        }
      }
      return loss / 2
    }
  }
}
