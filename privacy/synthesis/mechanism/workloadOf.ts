import type { Clique } from "../model/Clique.ts"
import type { Candidate } from "./downwardClosure.ts"

/** All marginals of so many columns, each as important as the next. */
export function workloadOf(columns: number, degree: number): ReadonlyArray<Candidate> {
  const size = Math.min(degree, columns)
  const cliques: Array<Clique> = []
  const extend = (clique: Clique): void => {
    if (clique.length === size) {
      cliques.push(clique)
      return
    }
    for (let column = (clique.at(-1) ?? -1) + 1; column < columns; column++) extend([...clique, column])
  }
  extend([])
  return cliques.map((clique) => ({ clique, weight: 1 }))
}
