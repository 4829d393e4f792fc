import { hash as hashOnce } from "node:crypto"
import { inclusionProof } from "./inclusionProof.ts"
import type { Nodes } from "./Nodes.ts"
import { hashBlock, keptHeight } from "./packPresenceSet.ts"
import type { SetProof } from "./verifier/assay-verify.mjs"

/**
 * Whom one operation touched, in a form that says nothing to anyone but those people: a Merkle tree over sorted keyed hashes, filled up
 * with random ones to a public size. Only size and root are logged.
 *
 * A subject who knows the salt can be shown that the own value is in the set, or that the two neighbours between which it would
 * lie are next to each other. When the salt is destroyed, the value is one more random number.
 */
export interface PresenceSet {
  /** A power of two, chosen before the operation, so that it does not tell how many there were. */
  readonly size: number
  /** 64 hexadecimal digits. */
  readonly root: string
  /** Reads bytes of the packed set, which is kept beside the operation and never published as a whole. */
  readonly read: (from: number, length: number) => Buffer
}

/** What stands for a subject in the set of one operation, 32 bytes; other operations have other values. */
export function presenceValue(salt: Uint8Array, operation: string): Buffer {
  // HMAC-SHA256 by its definition: an operation has a value for every subject, and a key object for each costs ten times the hashing.
  if (salt.length > 64) throw new RangeError("a salt is no longer than a block")
  const text = Buffer.from(operation)
  const inner = Buffer.alloc(64 + text.length, 0x36)
  const outer = Buffer.alloc(96, 0x5c)
  for (let i = 0; i < salt.length; i++) {
    inner[i]! ^= salt[i]!
    outer[i]! ^= salt[i]!
  }
  inner.set(text, 64)
  outer.set(hashOnce("sha256", inner, "buffer"), 64)
  return hashOnce("sha256", outer, "buffer")
}

/** The value at a place of the set, as hexadecimal digits. */
export const valueAt = (set: PresenceSet, index: number): string => set.read(index * 32, 32).toString("hex")

/**
 * Proves that a value is in the set, by itself, or that it is not, by its neighbours; `verifyMembership` tells which. Reads one block of
 * values and one node a level, whatever the size.
 *
 * @param value 64 hexadecimal digits
 */
export function proveMembership(set: PresenceSet, value: string): SetProof {
  const after = firstNotBelow(set, value)
  const present = after < set.size && valueAt(set, after) === value
  const places = present ? [after] : [after - 1, after].filter((place) => place >= 0 && place < set.size)
  return {
    value,
    size: set.size,
    root: set.root,
    neighbours: places.map((index) => ({
      value: valueAt(set, index),
      index,
      path: inclusionProof(nodesOf(set), index, set.size).map((hash) => Buffer.from(hash).toString("hex"))
    }))
  }
}

function firstNotBelow(set: PresenceSet, value: string): number {
  let [low, high] = [0, set.size]
  while (low < high) {
    const middle = Math.floor((low + high) / 2)
    if (valueAt(set, middle) < value) low = middle + 1
    else high = middle
  }
  return low
}

function nodesOf(set: PresenceSet): Nodes {
  const width = Math.min(2 ** keptHeight, set.size)
  const blocks = new Map<number, ReturnType<typeof hashBlock>>()
  const block = (index: number) => {
    const known = blocks.get(index) ?? hashBlock(set.read(index * width * 32, width * 32))
    blocks.set(index, known)
    return known
  }
  return (height, index) => {
    if (height < keptHeight) {
      const blockWidth = width / 2 ** height
      return block(Math.floor(index / blockWidth))[height]![index % blockWidth]!
    }
    let start = set.size
    for (let h = keptHeight; h < height; h++) start += set.size / 2 ** h
    return set.read((start + index) * 32, 32)
  }
}
