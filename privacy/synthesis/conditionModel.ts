import { BeliefPropagation } from "./model/BeliefPropagation.ts"
import type { GraphicalModel } from "./model/GraphicalModel.ts"
import type { Potential } from "./model/Potential.ts"

/**
 * The distribution given that some columns are fixed: exact, on the same tree.
 * @param potentials  of the fitted model, its rules among them
 * @param fixed       of single columns: 0 for values that may be, -Infinity for the others
 * @returns           undefined if no row is possible
 */
export function conditionModel(
  { sizes, tree, total }: GraphicalModel,
  potentials: ReadonlyArray<Potential>,
  fixed: ReadonlyArray<Potential>
): GraphicalModel | undefined {
  const all = [...potentials, ...fixed]
  const propagation = BeliefPropagation(
    sizes,
    tree,
    all.map(({ clique }) => clique)
  )
  const possible = propagation.propagate(
    all.map(({ logs }) => logs),
    total
  )
  return possible ? { sizes, tree, beliefs: propagation.beliefs, total } : undefined
}
