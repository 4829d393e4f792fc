import type { Clique } from "./Clique.ts"

/** A table of log potentials over a clique; -Infinity forbids a cell. */
export interface Potential {
  readonly clique: Clique
  readonly logs: Float64Array
}
