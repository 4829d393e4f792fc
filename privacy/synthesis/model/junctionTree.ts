import type { Clique } from "./Clique.ts"
import { eliminate } from "./eliminate.ts"

/** One link of the tree; `parent` is nearer to clique 0. */
export interface TreeEdge {
  readonly child: number
  readonly parent: number
  /** the columns that both cliques have; may be empty */
  readonly separator: Clique
}

/** Cliques linked so that those with a common column hang together (running intersection). Clique 0 is the root. */
export interface JunctionTree {
  readonly cliques: ReadonlyArray<Clique>
  /** from the root outward: the parent of an edge is the root or the child of an earlier edge */
  readonly edges: ReadonlyArray<TreeEdge>
  /** cells of all cliques together */
  readonly cells: number
}

/**
 * The junction tree of cliques: a maximum spanning tree by separator size over the maximal cliques of the triangulated
 * graph. Parts that share no column are linked over an empty separator, so there is always one tree.
 * @source Koller, Friedman 2009, 10.4
 */
export function junctionTree(sizes: ReadonlyArray<number>, cliques: ReadonlyArray<Clique>): JunctionTree {
  const { cliques: maximal, cells } = eliminate(sizes, cliques)
  const reached = new Set([0])
  const edges: Array<TreeEdge> = []
  // Prim from clique 0: per clique outside the best separator seen so far and where it leads.
  const best = maximal.map((clique) => ({ parent: 0, separator: shared(maximal[0]!, clique) }))
  while (reached.size < maximal.length) {
    let next = -1
    for (let i = 0; i < maximal.length; i++) {
      if (reached.has(i)) continue
      if (next < 0 || best[i]!.separator.length > best[next]!.separator.length) next = i
    }
    reached.add(next)
    edges.push({ child: next, ...best[next]! })
    for (let i = 0; i < maximal.length; i++) {
      if (reached.has(i)) continue
      const separator = shared(maximal[next]!, maximal[i]!)
      if (separator.length > best[i]!.separator.length) best[i] = { parent: next, separator }
    }
  }
  return { cliques: maximal, edges, cells }
}

const shared = (a: Clique, b: Clique): Clique => a.filter((column) => b.includes(column))
