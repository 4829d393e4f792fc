import { readFileSync } from "node:fs"
import { assert, describe, it } from "@effect/vitest"
import { canonicalJson } from "#core/json/canonicalJson.ts"

interface Vectors {
  readonly texts: ReadonlyArray<{ readonly name: string; readonly input: string; readonly output: string }>
  readonly numbers: ReadonlyArray<readonly [bits: string, text: string]>
  readonly refusedNumbers: ReadonlyArray<string>
}
const vectors = JSON.parse(readFileSync(new URL("rfc8785.json", import.meta.url), "utf8")) as Vectors
const fromBits = (hex: string): number => Buffer.from(hex, "hex").readDoubleBE()

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

  it("refuses the published numbers that JSON has no word for", () => {
    for (const bits of vectors.refusedNumbers) assert.throws(() => canonicalJson(fromBits(bits)), TypeError)
  })

  it("refuses lone surrogates in names as well as in texts", () => {
    assert.throws(() => canonicalJson({ a: "\ud83d" }), TypeError)
    assert.throws(() => canonicalJson({ "\ude02": 1 }), TypeError)
  })
})
