import { randomFillSync } from "node:crypto"
import { leafHash, nodeHash } from "./merkle.ts"
import type { Hash } from "./merkle.ts"
import { sortDigests } from "./sortDigests.ts"

/**
 * The lowest height of the tree that is kept with the values; what lies below is hashed anew for a proof, at most 256 values of it.
 */
export const keptHeight = 8

/** A presence set as it lies in its file: the values, ascending, then the nodes of each height from `keptHeight` up to the root. */
export interface PackedPresenceSet {
  readonly size: number
  /** 64 hexadecimal digits. */
  readonly root: string
  readonly bytes: Buffer
}

/**
 * Makes the set of the given values, filled up with random ones.
 *
 * @param values different ones of 32 bytes each, one after the other
 * @param size   a power of two, at least the number of values
 * @throws RangeError if the values do not fit or repeat: a bug in the caller
 */
export function packPresenceSet(values: Uint8Array, size: number): PackedPresenceSet {
  if (!Number.isInteger(Math.log2(size))) throw new RangeError("the size of a presence set is a power of two")
  if (values.length % 32 !== 0) throw new RangeError("a value of a presence set has 32 bytes")
  if (values.length > size * 32) throw new RangeError("more values than the set has places")
  const leaves = Buffer.allocUnsafe(size * 32)
  leaves.set(values)
  for (let at = values.length; at < leaves.length; at += 65_536) {
    randomFillSync(leaves, at, Math.min(65_536, leaves.length - at))
  }
  sortDigests(leaves)
  for (let i = 1; i < size; i++) {
    if (leaves.compare(leaves, i * 32, i * 32 + 32, i * 32 - 32, i * 32) === 0) {
      throw new RangeError("a value is in the set twice")
    }
  }
  const rows: Array<Buffer> = [leaves]
  let row = blockRoots(leaves)
  while (row.length >= 32) {
    if (size >= 2 ** keptHeight) rows.push(row)
    if (row.length === 32) break
    row = pairUp(row)
  }
  return { size, root: row.toString("hex"), bytes: Buffer.concat(rows) }
}

/** The roots over blocks of 256 leaves, or over all when there are fewer. */
function blockRoots(leaves: Buffer): Buffer {
  const width = Math.min(2 ** keptHeight, leaves.length / 32)
  const roots = Buffer.allocUnsafe(leaves.length / width)
  for (let block = 0; block * 32 < roots.length; block++) {
    const values = leaves.subarray(block * width * 32, (block + 1) * width * 32)
    roots.set(hashBlock(values).at(-1)![0]!, block * 32)
  }
  return roots
}

function pairUp(row: Buffer): Buffer {
  const above = Buffer.allocUnsafe(row.length / 2)
  for (let i = 0; i * 64 < row.length; i++) {
    above.set(nodeHash(row.subarray(i * 64, i * 64 + 32), row.subarray(i * 64 + 32, i * 64 + 64)), i * 32)
  }
  return above
}

/** All hashes over a block of values, leaves first. */
export function hashBlock(values: Buffer): ReadonlyArray<ReadonlyArray<Hash>> {
  let row: Array<Hash> = []
  for (let at = 0; at < values.length; at += 32) row.push(leafHash(values.subarray(at, at + 32)))
  const rows: Array<ReadonlyArray<Hash>> = [row]
  while (row.length > 1) {
    const above: Array<Hash> = []
    for (let i = 0; i < row.length; i += 2) above.push(nodeHash(row[i]!, row[i + 1]!))
    rows.push(above)
    row = above
  }
  return rows
}
