import type { Clique } from "../model/Clique.ts"

export interface Candidate {
  readonly clique: Clique
  /** sum over the workload of weight times the columns they share */
  readonly weight: number
}

/**
 * All marginals that lie within a workload, each with how much of the workload it tells about.
 * @source McKenna, Mullins, Sheldon, Miklau 2022 (arXiv 2201.12677), section 4
 */
export function downwardClosure(workload: ReadonlyArray<Candidate>): ReadonlyArray<Candidate> {
  const parts = new Map<string, Clique>()
  for (const { clique } of workload) {
    for (let mask = 1; mask < 2 ** clique.length; mask++) {
      const part = clique.filter((_, i) => (mask >> i) & 1)
      parts.set(part.join(), part)
    }
  }
  return [...parts.values()].map((clique) => ({
    clique,
    weight: workload.reduce(
      (sum, own) => sum + own.weight * clique.filter((column) => own.clique.includes(column)).length,
      0
    )
  }))
}
