import { createHmac, randomBytes } from "node:crypto"
import { inclusionProof } from "./inclusionProof.ts"
import { leafHash, nodeHash } from "./merkle.ts"
import type { Hash } from "./merkle.ts"
import type { Nodes } from "./Nodes.ts"
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
  /** Ascending, each 64 hexadecimal digits. Kept beside the operation; never published as a whole. */
  readonly values: ReadonlyArray<string>
}

/** What stands for a subject in the set of one operation; other operations have other values. */
export function presenceValue(salt: Uint8Array, operation: string): string {
  return createHmac("sha256", salt).update(operation).digest("hex")
}

/**
 * Makes the set of the given values.
 *
 * @param values different ones, from `presenceValue`
 * @param size   a power of two, at least the number of values
 * @throws RangeError if the values do not fit or repeat: a bug in the caller
 */
export function makePresenceSet(values: ReadonlyArray<string>, size: number): PresenceSet {
  if (!Number.isInteger(Math.log2(size))) throw new RangeError("the size of a presence set is a power of two")
  const all = new Set(values)
  if (all.size !== values.length) throw new RangeError("a value is in the set twice")
  if (all.size > size) throw new RangeError("more values than the set has places")
  while (all.size < size) all.add(randomBytes(32).toString("hex"))
  const sorted = [...all].sort()
  const rows = rowsOver(sorted)
  return { size, root: Buffer.from(rows.at(-1)![0]!).toString("hex"), values: sorted }
}

/** All hashes of the tree, leaves first. */
function rowsOver(values: ReadonlyArray<string>): ReadonlyArray<ReadonlyArray<Hash>> {
  const rows: Array<ReadonlyArray<Hash>> = [values.map((value) => leafHash(Buffer.from(value, "hex")))]
  for (let row = rows[0]!; row.length > 1; row = rows.at(-1)!) {
    rows.push(Array.from({ length: row.length / 2 }, (_, i) => nodeHash(row[2 * i]!, row[2 * i + 1]!)))
  }
  return rows
}

/** Proves that a value is in the set, by itself, or that it is not, by its neighbours; `verifyMembership` tells which. */
export function proveMembership(set: PresenceSet, value: string): SetProof {
  const rows = rowsOver(set.values)
  const nodes: Nodes = (height, index) => rows[height]![index]!
  const after = set.values.findIndex((one) => one >= value)
  const places =
    after >= 0 && set.values[after] === value
      ? [after]
      : [after < 0 ? set.size - 1 : after - 1, after].filter((place) => place >= 0)
  return {
    value,
    size: set.size,
    root: set.root,
    neighbours: places.map((index) => ({
      value: set.values[index]!,
      index,
      path: inclusionProof(nodes, index, set.size).map((hash) => Buffer.from(hash).toString("hex"))
    }))
  }
}
