import { BeliefPropagation } from "./BeliefPropagation.ts"
import type { FitOptions, FitProblem, FitResult } from "./FitProblem.ts"
import type { GraphicalModel } from "./GraphicalModel.ts"
import { junctionTree } from "./junctionTree.ts"
import { MarginalLoss } from "./MarginalLoss.ts"
import type { Measurement } from "./Measurement.ts"
import { mergeMeasurements } from "./mergeMeasurements.ts"
import type { Potential } from "./Potential.ts"

/** A fitted model and where the next fit may start. */
export interface Estimate {
  readonly model: GraphicalModel
  readonly potentials: ReadonlyArray<Potential>
  readonly fit: FitResult
}

export interface EstimateOptions extends FitOptions {
  readonly optimise: (problem: FitProblem, options: FitOptions) => FitResult
  /** potentials of an earlier fit; those of cliques that are measured still are gone on from */
  readonly warm?: ReadonlyArray<Potential>
}

/**
 * Private-PGM: the distribution of greatest entropy, among those with the given forbidden cells, whose marginals are nearest to
 * what was measured.
 * @param rules  fixed potentials; their cliques join the tree
 * @param total  rows of the model, above 0
 * @source       McKenna, Sheldon, Miklau 2019 (arXiv 1901.09136)
 */
export function estimate(
  sizes: ReadonlyArray<number>,
  measurements: ReadonlyArray<Measurement>,
  rules: ReadonlyArray<Potential>,
  total: number,
  options: EstimateOptions
): Estimate {
  const merged = mergeMeasurements(measurements)
  const cliques = [...merged, ...rules].map(({ clique }) => clique)
  const propagation = BeliefPropagation(sizes, junctionTree(sizes, cliques), cliques)
  const warm = new Map(options.warm?.map(({ clique, logs }) => [clique.join(), logs]))
  const potentials = merged.map(({ clique, values }) => ({
    clique,
    logs: Float64Array.from(warm.get(clique.join()) ?? new Float64Array(values.length))
  }))
  const fit = options.optimise(
    {
      propagation,
      loss: MarginalLoss(sizes, propagation, merged),
      potentials: potentials.map(({ logs }) => logs),
      fixed: rules.map(({ logs }) => logs),
      total
    },
    options
  )
  return { model: { sizes, tree: propagation.tree, beliefs: propagation.beliefs, total }, potentials, fit }
}
