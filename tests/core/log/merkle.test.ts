import { createHash } from "node:crypto"
import { assert, describe, it } from "@effect/vitest"
import { appendLeaf, emptyFrontier, leafHash, nodeHash, rootOf } from "#core/log/merkle.ts"

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex")

/** RFC 6962's definition, read literally: split at the largest power of two below n. */
function treeHash(leaves: ReadonlyArray<Uint8Array>): Uint8Array {
  if (leaves.length === 0) return createHash("sha256").digest()
  if (leaves.length === 1) return leafHash(leaves[0]!)
  const k = 2 ** Math.ceil(Math.log2(leaves.length) - 1)
  return nodeHash(treeHash(leaves.slice(0, k)), treeHash(leaves.slice(k)))
}

describe("merkle", () => {
  // The eight entries of the certificate-transparency reference tests and their published roots.
  const inputs = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"]
  const roots = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"
  ]

  it("gives the published roots for the published entries", () => {
    let frontier = emptyFrontier
    inputs.forEach((input, i) => {
      frontier = appendLeaf(frontier, leafHash(Buffer.from(input, "hex")))
      assert.strictEqual(hex(rootOf(frontier)), roots[i])
    })
  })

  it("hashes an empty tree as nothing", () => {
    assert.strictEqual(hex(rootOf(emptyFrontier)), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
  })

  it("equals the recursive definition for every size up to 130", () => {
    const leaves: Array<Uint8Array> = []
    let frontier = emptyFrontier
    for (let n = 0; n <= 130; n++) {
      assert.strictEqual(hex(rootOf(frontier)), hex(treeHash(leaves)))
      const leaf = Buffer.from(`entry ${n}`)
      leaves.push(leaf)
      frontier = appendLeaf(frontier, leafHash(leaf))
    }
  })
})
