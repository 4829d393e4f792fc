import { nodeHash } from "./merkle.ts"
import type { Hash } from "./merkle.ts"

/**
 * Reads the root of a complete subtree: of height `height` (0 is a leaf hash), the `index`-th of that height from the left. Every
 * proof is put together from such roots.
 */
export type Nodes = (height: number, index: number) => Hash

/**
 * The hash over the entries from `start` up to, but without, `end`; not for an empty range.
 *
 * @param start a multiple of the largest power of two below `end - start`, as in every subtree that a proof names
 * @source RFC 6962, section 2.1
 */
export function rangeHash(nodes: Nodes, start: number, end: number): Hash {
  const count = end - start
  const height = Math.floor(Math.log2(count))
  const width = 2 ** height
  const left = nodes(height, start / width)
  return width === count ? left : nodeHash(left, rangeHash(nodes, start + width, end))
}

/** The largest power of two below `count`, where a tree of `count` > 1 entries is split. */
export function splitOf(count: number): number {
  const width = 2 ** Math.floor(Math.log2(count))
  return width === count ? width / 2 : width
}
