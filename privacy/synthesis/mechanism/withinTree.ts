import { eliminate } from "../model/eliminate.ts"
import type { Clique } from "../model/Clique.ts"
import type { Estimate } from "../model/estimate.ts"
import type { Brief } from "./Brief.ts"

/** Whether a model's tree can take a marginal in: one within it, or one that keeps it at so many cells. */
export function withinTree(
  { rules }: Brief,
  sizes: ReadonlyArray<number>,
  { model, potentials }: Estimate,
  cells: number
): (clique: Clique) => boolean {
  const { cliques } = model.tree
  const bound = [...potentials, ...rules].map(({ clique }) => clique)
  return (clique) =>
    cliques.some((own) => clique.every((column) => own.includes(column))) ||
    eliminate(sizes, [...bound, clique]).cells <= cells
}
