import type { JunctionTree } from "./junctionTree.ts"

/** A distribution over a domain, held as the agreeing marginals of a junction tree. */
export interface GraphicalModel {
  readonly sizes: ReadonlyArray<number>
  readonly tree: JunctionTree
  /** per clique of the tree, summing to `total` */
  readonly beliefs: ReadonlyArray<Float64Array>
  readonly total: number
}
