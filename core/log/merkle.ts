import { createHash } from "node:crypto"

/** SHA-256 hashes of a Merkle tree; 32 bytes each. */
export type Hash = Uint8Array

/** The hash of one entry's bytes. @source RFC 6962, section 2.1: 0x00 before a leaf */
export function leafHash(entry: Uint8Array): Hash {
  return createHash("sha256").update(Uint8Array.of(0)).update(entry).digest()
}

/** The hash of two subtrees. @source RFC 6962, section 2.1: 0x01 before a node */
export function nodeHash(left: Hash, right: Hash): Hash {
  return createHash("sha256").update(Uint8Array.of(1)).update(left).update(right).digest()
}

/**
 * The right edge of a tree: the roots of its complete subtrees, largest first, one for each bit of `size`.
 * It is all that appending needs.
 */
export interface Frontier {
  readonly size: number
  readonly roots: ReadonlyArray<Hash>
}

export const emptyFrontier: Frontier = { size: 0, roots: [] }

/** The edge after one more leaf. */
export function appendLeaf(frontier: Frontier, leaf: Hash): Frontier {
  const roots = [...frontier.roots]
  let hash = leaf
  for (let size = frontier.size; size % 2 === 1; size = Math.floor(size / 2)) hash = nodeHash(roots.pop()!, hash)
  roots.push(hash)
  return { size: frontier.size + 1, roots }
}

/** The Merkle tree hash; of an empty tree the hash of nothing. @source RFC 6962, section 2.1 */
export function rootOf(frontier: Frontier): Hash {
  let hash = frontier.roots.at(-1)
  if (hash === undefined) return createHash("sha256").digest()
  for (let i = frontier.roots.length - 2; i >= 0; i--) hash = nodeHash(frontier.roots[i]!, hash)
  return hash
}
