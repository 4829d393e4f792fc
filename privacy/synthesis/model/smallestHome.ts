import { cellsOf } from "./cellsOf.ts"
import type { Clique } from "./Clique.ts"

/** The place of the smallest clique that has all the columns of `part`; -1 if none has. */
export function smallestHome(sizes: ReadonlyArray<number>, cliques: ReadonlyArray<Clique>, part: Clique): number {
  let home = -1
  for (let i = 0; i < cliques.length; i++) {
    if (!part.every((column) => cliques[i]!.includes(column))) continue
    if (home < 0 || cellsOf(sizes, cliques[i]!) < cellsOf(sizes, cliques[home]!)) home = i
  }
  return home
}
