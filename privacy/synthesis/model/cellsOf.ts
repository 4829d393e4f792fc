import type { Clique } from "./Clique.ts"

/** How many cells the table of a clique has; 1 for the empty clique, infinite where it passes a double. */
export function cellsOf(sizes: ReadonlyArray<number>, clique: Clique): number {
  return clique.reduce((product, column) => product * sizes[column]!, 1)
}
