import { assert, describe, it } from "@effect/vitest"
import { rowDepth } from "#pricing/depth/rowDepth.ts"

const n = 4096
const column = (type: string, of: (i: number) => unknown) => ({
  type,
  values: Array.from({ length: n }, (_, i) => of(i))
})
const bits = (...columns: ReadonlyArray<ReturnType<typeof column>>): number =>
  rowDepth("rel_1", columns, "2026-11-22T00:00:00Z").bits.value

const coin = column("VARCHAR", (i) => (i % 2 === 0 ? "a" : "b"))
const die = column("BIGINT", (i) => Math.floor(i / 2) % 8)

describe("the depth of rows", () => {
  it("is the joint entropy: independent columns add up, a duplicate or a constant adds nothing", () => {
    assert.closeTo(bits(coin), 1, 1e-12)
    assert.closeTo(bits(coin, die), 4, 1e-12)
    assert.strictEqual(bits(coin, die, coin), bits(coin, die))
    assert.strictEqual(
      bits(
        coin,
        column("VARCHAR", () => "same")
      ),
      bits(coin)
    )
    assert.strictEqual(bits(), 0)
  })

  it("sees at most 16 levels of a column and leaves out texts that name the row", () => {
    assert.closeTo(bits(column("DOUBLE", (i) => (i * 2654435761) % 4294967296)), 4, 0.01)
    assert.closeTo(bits(column("DATE", (i) => new Date(86_400_000 * i).toISOString().slice(0, 10))), 4, 0.01)
    assert.strictEqual(
      bits(
        coin,
        column("VARCHAR", (i) => `row ${i}`)
      ),
      bits(coin)
    )
  })

  it("counts a missing value as a level of its own, and amounts that come as texts by their size", () => {
    assert.closeTo(bits(column("VARCHAR", (i) => (i % 2 === 0 ? null : "a"))), 1, 1e-12)
    assert.closeTo(bits(column("DECIMAL(18,2)", (i) => `${i % 4}.50`)), 2, 1e-12)
  })
})
