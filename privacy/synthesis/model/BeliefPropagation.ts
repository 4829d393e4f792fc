import { cellsOf } from "./cellsOf.ts"
import type { Clique } from "./Clique.ts"
import type { JunctionTree } from "./junctionTree.ts"
import { Projection } from "./Projection.ts"
import { smallestHome } from "./smallestHome.ts"

/** Exact inference on a junction tree; all its buffers are made once. */
export interface BeliefPropagation {
  readonly tree: JunctionTree
  /** per clique of the tree: its marginal, summing to `total`, after `propagate` */
  readonly beliefs: ReadonlyArray<Float64Array>
  /**
   * Computes the marginals of p(x) proportional to exp(sum of the factors), scaled to `total`.
   * @param logs  per factor its logarithms; -Infinity forbids a cell, NaN is a bug in the caller
   * @returns     false if every cell is forbidden (or so unlikely that it underflows): the beliefs are then useless
   */
  propagate(logs: ReadonlyArray<Float64Array>, total: number): boolean
  /** The marginal of factor k's clique from the beliefs as they are. */
  marginal(factor: number, to: Float64Array): void
}

/**
 * Belief propagation in two passes. Each factor is exponentiated once, shifted by its largest value, and everything after is
 * linear: that costs a tenth of sums of logarithms. A message is scaled to a largest value of 1, and 0 / 0 counts as 0.
 * @param factors  cliques of the factors, each within a clique of the tree
 * @source         Lauritzen, Spiegelhalter 1988; Jensen's form with separators
 */
export const BeliefPropagation = (
  sizes: ReadonlyArray<number>,
  tree: JunctionTree,
  factors: ReadonlyArray<Clique>
): BeliefPropagation => {
  const beliefs = tree.cliques.map((clique) => new Float64Array(cellsOf(sizes, clique)))
  const homes = factors.map((factor) => smallestHome(sizes, tree.cliques, factor))
  const toFactor = factors.map((factor, k) => Projection(sizes, tree.cliques[homes[k]!]!, factor))
  const guests = beliefs.map((_, i) => homes.flatMap((home, k) => (home === i ? [k] : [])))
  const weights = factors.map((factor) => new Float64Array(cellsOf(sizes, factor)))
  const links = tree.edges.map(({ child, parent, separator }) => ({
    child: beliefs[child]!,
    parent: beliefs[parent]!,
    fromChild: Projection(sizes, tree.cliques[child]!, separator),
    fromParent: Projection(sizes, tree.cliques[parent]!, separator),
    up: new Float64Array(cellsOf(sizes, separator)),
    down: new Float64Array(cellsOf(sizes, separator))
  }))

  const propagate = (logs: ReadonlyArray<Float64Array>, total: number): boolean => {
    for (let k = 0; k < factors.length; k++) exponentiate(logs[k]!, weights[k]!)
    for (let i = 0; i < beliefs.length; i++) {
      const [first, ...rest] = guests[i]!
      if (first === undefined) beliefs[i]!.fill(1)
      else toFactor[first]!.fillFrom(beliefs[i]!, weights[first]!)
      for (const k of rest) toFactor[k]!.multiplyBy(beliefs[i]!, weights[k]!)
    }
    for (let e = links.length - 1; e >= 0; e--) {
      const { child, parent, fromChild, fromParent, up, down } = links[e]!
      fromChild.sumTo(child, up)
      const most = largest(up)
      if (!(most > 0)) return false
      for (let j = 0; j < up.length; j++) down[j] = up[j]! / most
      fromParent.multiplyBy(parent, down)
    }
    const root = beliefs[0]!
    let mass = 0
    for (let j = 0; j < root.length; j++) mass += root[j]!
    if (!(mass > 0)) return false
    const scale = total / mass
    for (let j = 0; j < root.length; j++) root[j]! *= scale
    for (const { child, parent, fromChild, fromParent, up, down } of links) {
      fromParent.sumTo(parent, down)
      for (let j = 0; j < down.length; j++) down[j] = up[j] === 0 ? 0 : down[j]! / up[j]!
      fromChild.multiplyBy(child, down)
    }
    return true
  }
  return {
    tree,
    beliefs,
    propagate,
    marginal: (factor, to) => toFactor[factor]!.sumTo(beliefs[homes[factor]!]!, to)
  }
}

function exponentiate(logs: Float64Array, to: Float64Array): void {
  const most = largest(logs)
  // Everything forbidden: no shift makes sense, and -inf - -inf is no number.
  if (most === Number.NEGATIVE_INFINITY) {
    to.fill(0)
    return
  }
  for (let j = 0; j < logs.length; j++) to[j] = Math.exp(logs[j]! - most)
}

function largest(values: Float64Array): number {
  let most = Number.NEGATIVE_INFINITY
  for (let j = 0; j < values.length; j++) if (values[j]! > most) most = values[j]!
  return most
}
