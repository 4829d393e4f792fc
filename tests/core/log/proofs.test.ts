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

  it("refuses the published paths when anything about them is changed", () => {
    for (const { index, size, root, leaf, proof } of vectors.inclusion) {
      const holds = (i: number, n: number, path: ReadonlyArray<Buffer>, end = bytes(root)): boolean =>
        verifyInclusion(bytes(leaf), i, n, path, end)
      const good = proof.map(bytes)
      const flipped = good.map((hash, i) =>
        i === 0 ? Buffer.from(hash.map((byte, j) => (j ? byte : byte ^ 8))) : hash
      )
      const garbage = Buffer.alloc(32, 7)
      const wrong = [
        holds(index + 1, size, good),
        holds(index - 1, size, good),
        holds(index ^ 2, size, good),
        holds(index, size * 2, good),
        holds(index, Math.floor(size / 2), good),
        holds(index, size, flipped),
        holds(index, size, good.slice(1)),
        holds(index, size, [...good, garbage]),
        holds(index, size, [garbage, ...good]),
        holds(index, size, good, garbage)
      ]
      assert.isFalse(wrong.includes(true))
    }
    for (const { older, size, olderRoot, root, proof } of vectors.consistency) {
      const good = proof.map(bytes)
      const holds = (m: number, n: number, path: ReadonlyArray<Buffer>): boolean =>
        verifyConsistency(m, bytes(olderRoot), n, bytes(root), path)
      const wrong = [
        holds(older + 1, size, good),
        holds(older - 1, size, good),
        holds(older, size * 2, good),
        holds(older, size, []),
        holds(older, size, good.slice(1)),
        holds(older, size, [...good, good[0]!]),
        holds(older, size, [good[0]!, ...good]),
        verifyConsistency(older, bytes(root), size, bytes(olderRoot), good)
      ]
      assert.isFalse(wrong.includes(true))
    }
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
