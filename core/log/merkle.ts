import { hash as hashOnce } from "node:crypto"

/** SHA-256 hashes of a Merkle tree; 32 bytes each. */
export type Hash = Uint8Array

/** The hash of one entry's bytes. @source RFC 6962, section 2.1: 0x00 before a leaf */
export function leafHash(entry: Uint8Array): Hash {
  const bytes = Buffer.allocUnsafe(entry.length + 1)
  bytes[0] = 0
  bytes.set(entry, 1)
  return hashOnce("sha256", bytes, "buffer")
}

/** The hash of two subtrees. @source RFC 6962, section 2.1: 0x01 before a node */
export function nodeHash(left: Hash, right: Hash): Hash {
  const bytes = Buffer.allocUnsafe(65)
  bytes[0] = 1
  bytes.set(left, 1)
  bytes.set(right, 33)
  return hashOnce("sha256", bytes, "buffer")
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
  if (hash === undefined) return hashOnce("sha256", "", "buffer")
  for (let i = frontier.roots.length - 2; i >= 0; i--) hash = nodeHash(frontier.roots[i]!, hash)
  return hash
}
