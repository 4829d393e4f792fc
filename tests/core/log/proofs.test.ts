import { readFileSync } from "node:fs"
import { assert, describe, it } from "@effect/vitest"
import { consistencyProof } from "#core/log/consistencyProof.ts"
import { inclusionProof } from "#core/log/inclusionProof.ts"
import { leafHash, nodeHash } from "#core/log/merkle.ts"
import type { Hash } from "#core/log/merkle.ts"
import type { Nodes } from "#core/log/Nodes.ts"
import { rangeHash } from "#core/log/Nodes.ts"
import { parseKey, signersOf, verifyConsistency, verifyInclusion } from "#core/log/verifier/assay-verify.mjs"

interface Vectors {
  entriesHex: Array<string>
  inclusion: Array<{ index: number; size: number; root: string; leaf: string; proof: Array<string> }>
  consistency: Array<{ older: number; size: number; olderRoot: string; root: string; proof: Array<string> }>
}
const vectors = JSON.parse(readFileSync(new URL("rfc6962-proofs.json", import.meta.url), "utf8")) as Vectors
const bytes = (base64: string): Buffer => Buffer.from(base64, "base64")
const texts = (path: ReadonlyArray<Hash>): ReadonlyArray<string> =>
  path.map((hash) => Buffer.from(hash).toString("base64"))

/** A tree in memory, whose nodes are computed anew from its leaves. */
const nodesOver =
  (leaves: ReadonlyArray<Hash>): Nodes =>
  (height, index) => {
    if (height === 0) return leaves[index]!
    const nodes = nodesOver(leaves)
    return nodeHash(nodes(height - 1, index * 2), nodes(height - 1, index * 2 + 1))
  }

const k = (n: number): number => 2 ** Math.ceil(Math.log2(n) - 1)

/** RFC 6962's definitions of the tree hash, PATH and SUBPROOF, read literally. */
const mth = (d: ReadonlyArray<Hash>): Hash =>
  d.length === 1 ? d[0]! : nodeHash(mth(d.slice(0, k(d.length))), mth(d.slice(k(d.length))))
const path = (m: number, d: ReadonlyArray<Hash>): ReadonlyArray<Hash> => {
  if (d.length === 1) return []
  const [left, right] = [d.slice(0, k(d.length)), d.slice(k(d.length))]
  return m < left.length ? [...path(m, left), mth(right)] : [...path(m - left.length, right), mth(left)]
}
const subproof = (m: number, d: ReadonlyArray<Hash>, whole: boolean): ReadonlyArray<Hash> => {
  if (m === d.length) return whole ? [] : [mth(d)]
  const [left, right] = [d.slice(0, k(d.length)), d.slice(k(d.length))]
  return m <= left.length
    ? [...subproof(m, left, whole), mth(right)]
    : [...subproof(m - left.length, right, false), mth(left)]
}

describe("proofs of the log", () => {
  const published = nodesOver(vectors.entriesHex.map((hex) => leafHash(Buffer.from(hex, "hex"))))

  it("gives and accepts the published inclusion paths", () => {
    for (const { index, size, root, leaf, proof } of vectors.inclusion) {
      assert.deepStrictEqual(texts(inclusionProof(published, index, size)), proof)
      assert.isTrue(verifyInclusion(bytes(leaf), index, size, proof.map(bytes), bytes(root)))
    }
  })

  it("gives and accepts the published consistency paths", () => {
    for (const { older, size, olderRoot, root, proof } of vectors.consistency) {
      assert.deepStrictEqual(texts(consistencyProof(published, older, size)), proof)
      assert.isTrue(verifyConsistency(older, bytes(olderRoot), size, bytes(root), proof.map(bytes)))
    }
  })

  // The wrong proofs that are published beside them, under their published names: each is made from the right one as there.
  const garbage = bytes("q6yroAAAAAAAAAAAAAAAAAAAAAAAAAAAAGAGHgASNFY=")
  const flip = (path: ReadonlyArray<Buffer>, at: number, bit: number): ReadonlyArray<Buffer> =>
    path.map((hash, i) => (i === at ? Buffer.from(hash.map((byte, j) => (j ? byte : byte ^ (1 << bit)))) : hash))

  it("refuses every published wrong inclusion proof", () => {
    let refused = 0
    for (const { index, size, root, leaf, proof } of vectors.inclusion) {
      const [good, end] = [proof.map(bytes), bytes(root)]
      const inserted = [...good.slice(0, 1), garbage, ...good.slice(1)]
      const wrong: Record<string, Parameters<typeof verifyInclusion>> = {
        "leafIdx - 1": [bytes(leaf), index - 1, size, good, end],
        "leafIdx + 1": [bytes(leaf), index + 1, size, good, end],
        "leafIdx ^ 2": [bytes(leaf), index ^ 2, size, good, end],
        "treeSize * 2": [bytes(leaf), index, size * 2, good, end],
        "treeSize / 2": [bytes(leaf), index, Math.floor(size / 2), good, end],
        "wrong leaf": [garbage, index, size, good, end],
        "empty root": [bytes(leaf), index, size, good, Buffer.alloc(0)],
        "random root": [bytes(leaf), index, size, good, garbage],
        "trailing garbage": [bytes(leaf), index, size, [...good, garbage], end],
        "trailing root": [bytes(leaf), index, size, [...good, end], end],
        "preceding garbage": [bytes(leaf), index, size, [garbage, ...good], end],
        "preceding root": [bytes(leaf), index, size, [end, ...good], end],
        "inserted component": [bytes(leaf), index, size, inserted, end],
        "removed component": [bytes(leaf), index, size, good.slice(0, -1), end]
      }
      good.forEach((_, i) => (wrong[`modified proof[${i}] bit 3`] = [bytes(leaf), index, size, flip(good, i, 3), end]))
      for (const [name, given] of Object.entries(wrong)) assert.isFalse(verifyInclusion(...given), name)
      refused += Object.keys(wrong).length
    }
    assert.strictEqual(refused, 4 * 14 + vectors.inclusion.reduce((sum, { proof }) => sum + proof.length, 0))
  })

  it("refuses every published wrong consistency proof", () => {
    let refused = 0
    for (const { older, size, olderRoot, root, proof } of vectors.consistency) {
      const [good, first, second] = [proof.map(bytes), bytes(olderRoot), bytes(root)]
      const wrong: Record<string, Parameters<typeof verifyConsistency>> = {
        "size1 - 1": [older - 1, first, size, second, good],
        "size1 + 1": [older + 1, first, size, second, good],
        "size1 ^ 2": [older ^ 2, first, size, second, good],
        "size2 * 2": [older, first, size * 2, second, good],
        "size2 / 2": [older, first, Math.floor(size / 2), second, good],
        "wrong root1": [older, garbage, size, second, good],
        "wrong root2": [older, first, size, garbage, good],
        "swapped roots": [older, second, size, first, good],
        "empty proof": [older, first, size, second, []],
        "trailing garbage": [older, first, size, second, [...good, garbage]],
        "trailing root1": [older, first, size, second, [...good, first]],
        "trailing root2": [older, first, size, second, [...good, second]],
        "preceding garbage": [older, first, size, second, [garbage, ...good]],
        "preceding root1": [older, first, size, second, [first, ...good]],
        "preceding root2": [older, first, size, second, [second, ...good]],
        "preceding proof[0]": [older, first, size, second, [good[0]!, ...good]],
        "truncated proof": [older, first, size, second, good.slice(0, -1)]
      }
      good.forEach((_, i) => (wrong[`modified proof[${i}] bit 4`] = [older, first, size, second, flip(good, i, 4)]))
      for (const [name, given] of Object.entries(wrong)) assert.isFalse(verifyConsistency(...given), name)
      refused += Object.keys(wrong).length
    }
    assert.strictEqual(refused, 4 * 17 + vectors.consistency.reduce((sum, { proof }) => sum + proof.length, 0))
  })

  it("equals the recursive definitions for every entry and every older tree of every size up to 130", () => {
    const leaves = Array.from({ length: 130 }, (_, i) => leafHash(Buffer.from(`entry ${i}`)))
    const nodes = nodesOver(leaves)
    const roots = leaves.map((_, i) => rangeHash(nodes, 0, i + 1))
    for (let size = 1; size <= 130; size++) {
      const tree = leaves.slice(0, size)
      const root = roots[size - 1]!
      assert.deepStrictEqual(root, mth(tree))
      // The definition costs the square of the size, so the middle sizes compare one entry in seven.
      const step = size <= 20 || size >= 127 ? 1 : 7
      for (let m = size % step; m < size; m += step) {
        const found = inclusionProof(nodes, m, size)
        assert.deepStrictEqual(found, path(m, tree))
        assert.isTrue(verifyInclusion(leaves[m]!, m, size, found, root))
        const grown = consistencyProof(nodes, m + 1, size)
        assert.deepStrictEqual(grown, subproof(m + 1, tree, true))
        assert.isTrue(verifyConsistency(m + 1, roots[m]!, size, root, grown))
      }
    }
  })

  it("proves nothing about entries or trees that do not exist", () => {
    assert.throws(() => inclusionProof(published, 8, 8), RangeError)
    assert.throws(() => inclusionProof(published, 0, 0), RangeError)
    assert.throws(() => consistencyProof(published, 9, 8), RangeError)
    assert.deepStrictEqual(consistencyProof(published, 0, 8), [])
  })
})

describe("signed notes", () => {
  // The example of golang.org/x/mod/sumdb/note (BSD-3-Clause), whose format C2SP signed-note took over.
  const key = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
  const note =
    "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n\n" +
    "\u2014 PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"

  it("accepts the published note and no change to it", () => {
    const keys = [parseKey(key)]
    assert.strictEqual(signersOf(note, keys).size, 1)
    const refused = (text: string): boolean => {
      try {
        return signersOf(text, keys).size === 0
      } catch {
        return true
      }
    }
    for (let i = 0; i < note.length; i++) {
      const other = note[i] === "A" ? "B" : "A"
      assert.isTrue(refused(note.slice(0, i) + other + note.slice(i + 1)), `character ${i}`)
      assert.isTrue(refused(note.slice(0, i) + note.slice(i + 1)), `without character ${i}`)
    }
  })

  it("refuses a key whose id is not its own", () => {
    assert.throws(() => parseKey(key.replace("c74f20a3", "c74f20a4")))
  })
})
