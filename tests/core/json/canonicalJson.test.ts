import { createHash } from "node:crypto"
import { readFileSync } from "node:fs"
import { assert, describe, it } from "@effect/vitest"
import { canonicalJson } from "#core/json/canonicalJson.ts"

interface Vectors {
  readonly texts: ReadonlyArray<{ readonly name: string; readonly input: string; readonly output: string }>
  readonly numbers: ReadonlyArray<readonly [bits: string, text: string]>
  readonly refusedNumbers: ReadonlyArray<string>
  /** Where the lines of the published file of 100 million numbers come from, and what their beginnings hash to. */
  readonly corpus: {
    readonly first: ReadonlyArray<string>
    readonly thenFrom: string
    readonly thenCount: number
    readonly sha256: Readonly<Record<string, string>>
  }
}
const vectors = JSON.parse(readFileSync(new URL("rfc8785.json", import.meta.url), "utf8")) as Vectors
const fromBits = (hex: string): number => Buffer.from(hex, "hex").readDoubleBE()

/** The published numbers in their order: a list, then 2,000 neighbours, then doubles from a chain of SHA-256 that begins at 32 zero bytes. */
function* corpusBits(): Generator<string> {
  const { first, thenFrom, thenCount } = vectors.corpus
  yield* first
  const from = BigInt(`0x${thenFrom}`)
  for (let i = 0n; i < thenCount; i++) yield (from + i).toString(16).padStart(16, "0")
  for (let block = Buffer.alloc(32); ;) {
    block = createHash("sha256").update(block).digest()
    for (let at = 0; at < 32; at += 8) {
      const bits = block.readBigUInt64LE(at).toString(16).padStart(16, "0")
      if (fromBits(bits) !== 0 && Number.isFinite(fromBits(bits))) yield bits
    }
  }
}

describe("canonicalJson on the vectors of RFC 8785", () => {
  for (const { name, input, output } of vectors.texts) {
    it(`writes ${name} byte for byte as published, and leaves it so a second time`, () => {
      assert.strictEqual(canonicalJson(JSON.parse(input)), output)
      assert.strictEqual(canonicalJson(JSON.parse(output)), output)
    })
  }

  it(`writes all ${vectors.numbers.length} published numbers from their bits`, () => {
    assert.strictEqual(vectors.numbers.length, 26)
    for (const [bits, text] of vectors.numbers) assert.strictEqual(canonicalJson(fromBits(bits)), text, bits)
  })

  it("writes the first 10,000 lines of the published corpus of numbers, whose checksum is published at 1,000 and 10,000", () => {
    const hash = createHash("sha256")
    let lines = 0
    for (const bits of corpusBits()) {
      hash.update(`${bits.replace(/^0+(?=.)/, "")},${canonicalJson(fromBits(bits))}\n`)
      const published = vectors.corpus.sha256[String(++lines)]
      if (published !== undefined) assert.strictEqual(hash.copy().digest("hex"), published, `${lines} lines`)
      if (lines === 10_000) break
    }
  })

  it("refuses the published numbers that JSON has no word for", () => {
    for (const bits of vectors.refusedNumbers) assert.throws(() => canonicalJson(fromBits(bits)), TypeError)
  })

  it("refuses lone surrogates in names as well as in texts", () => {
    assert.throws(() => canonicalJson({ a: "\ud83d" }), TypeError)
    assert.throws(() => canonicalJson({ "\ude02": 1 }), TypeError)
  })
})
