import type { Hash } from "./merkle.ts"
import { rangeHash, splitOf } from "./Nodes.ts"
import type { Nodes } from "./Nodes.ts"

/**
 * The hashes that lead from entry `index` to the root of the first `size` entries, from the leaf's sibling upward.
 *
 * @throws RangeError if the tree does not hold the entry
 * @source RFC 6962, section 2.1.1, PATH(m, D[n])
 */
export function inclusionProof(nodes: Nodes, index: number, size: number): ReadonlyArray<Hash> {
  if (!(Number.isSafeInteger(index) && index >= 0 && index < size)) throw new RangeError("the tree has no such entry")
  const path: Array<Hash> = []
  let start = 0
  let end = size
  while (end - start > 1) {
    const middle = start + splitOf(end - start)
    if (index < middle) {
      path.push(rangeHash(nodes, middle, end))
      end = middle
    } else {
      path.push(rangeHash(nodes, start, middle))
      start = middle
    }
  }
  return path.toReversed()
}
