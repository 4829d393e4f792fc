import type { Hash } from "./merkle.ts"
import { rangeHash, splitOf } from "./Nodes.ts"
import type { Nodes } from "./Nodes.ts"

/**
 * The hashes that show that the first `size` entries begin with the first `older` ones; empty when `older` is 0 or `size`.
 *
 * @throws RangeError unless 0 <= older <= size
 * @source RFC 6962, section 2.1.2, PROOF(m, D[n])
 */
export function consistencyProof(nodes: Nodes, older: number, size: number): ReadonlyArray<Hash> {
  if (!(Number.isSafeInteger(older) && older >= 0 && older <= size)) throw new RangeError("a tree does not shrink")
  if (older === 0) return []
  const path: Array<Hash> = []
  let start = 0
  let end = size
  while (older < end) {
    const middle = start + splitOf(end - start)
    if (older <= middle) {
      path.push(rangeHash(nodes, middle, end))
      end = middle
    } else {
      path.push(rangeHash(nodes, start, middle))
      start = middle
    }
  }
  // The older tree's own last subtree; when that is the whole older tree, who checks has its root already.
  if (start > 0) path.push(rangeHash(nodes, start, end))
  return path.toReversed()
}
