import { describe, expect, it } from "@effect/vitest"
import { seededBits } from "#core/random/BitSource.ts"
import { aggregateDepth } from "#pricing/depth/aggregateDepth.ts"
import { depthScore } from "#pricing/depth/depthScore.ts"
import { keyEntropy } from "#pricing/depth/keyEntropy.ts"
import { measureBits } from "#pricing/depth/measureBits.ts"
import { rowMeasure } from "#pricing/depth/rowMeasure.ts"
import { publicNumber } from "#pricing/evidence/publicNumber.ts"

const when = "2026-11-22T00:00:00.000Z"
const known = (value: number) => publicNumber(value, "", "test", when)

describe("keyEntropy", () => {
  it("is log2 n for n equal cells and weighs by the released counts", () => {
    expect(keyEntropy([["a", "b", "c", "d"]], null)).toBe(2)
    expect(keyEntropy([["a", "b", "c"]], [2, 1, 1])).toBe(1.5)
  })

  it("counts negative and NaN counts as zero", () => {
    expect(keyEntropy([["a", "b", "c", "d"]], [5, 5, -7, Number.NaN])).toBe(1)
    expect(keyEntropy([["a", "b"]], [-1, 0])).toBe(0)
  })

  it("gains exactly nothing from a duplicate or a constant column", () => {
    const state = ["SP", "RJ", "SP", "MG", null, "RJ"]
    const month = [1, 1, 2, 2, 3, 3]
    const counts = [3, 141, 59, 26, 5, 35]
    const bits = keyEntropy([state, month], counts)
    expect(keyEntropy([state, month, state], counts)).toBe(bits)
    expect(keyEntropy([state, month, [7, 7, 7, 7, 7, 7]], counts)).toBe(bits)
  })

  it("does not depend on the order of rows or columns", () => {
    const state = ["SP", "RJ", "SP", "MG", null, "RJ"]
    const month = [1, 1, 2, 2, 3, 3]
    const counts = [3, 141, 59, 26, 5, 35]
    const bits = keyEntropy([state, month], counts)
    expect(keyEntropy([month, state], counts)).toBe(bits)
    expect(keyEntropy([state.toReversed(), month.toReversed()], counts.toReversed())).toBe(bits)
  })

  it("gives 0 for no rows and for no columns, and refuses columns of different length", () => {
    expect(keyEntropy([], null)).toBe(0)
    expect(keyEntropy([[]], [])).toBe(0)
    expect(() => keyEntropy([["a"], ["a", "b"]], null)).toThrow(RangeError)
    expect(() => keyEntropy([["a"]], [1, 2])).toThrow(RangeError)
  })

  it("is monotone and submodular on 10,000 random tables", () => {
    const bits = seededBits("submodular")
    for (let trial = 0; trial < 10_000; trial++) {
      const rows = 1 + (bits.u32() % 12)
      const column = (): Array<number> => Array.from({ length: rows }, () => bits.u32() % 3)
      const counts = Array.from({ length: rows }, () => (bits.u32() % 20) - 4)
      const [a, b, c] = [column(), column(), column()]
      const ab = keyEntropy([a, b], counts)
      const abc = keyEntropy([a, b, c], counts)
      expect(ab).toBeGreaterThanOrEqual(keyEntropy([a], counts) - 1e-12)
      expect(abc).toBeGreaterThanOrEqual(ab - 1e-12)
      expect(ab + keyEntropy([b, c], counts)).toBeGreaterThanOrEqual(abc + keyEntropy([b], counts) - 1e-12)
    }
  })
})

describe("measureBits", () => {
  it("is half a bit for each doubling of the variance above the noise", () => {
    expect(measureBits({ name: "orders", values: [0, 8], noiseVariance: 1 })).toBe(2)
    expect(measureBits({ name: "orders", values: new Float64Array([0, 8]), noiseVariance: 16 })).toBe(0)
  })

  it("tells nothing for pure noise, one row, or no row, and leaves withheld values out", () => {
    expect(measureBits({ name: "m", values: [1, -1, 1, -1], noiseVariance: 1.5 })).toBe(0)
    expect(measureBits({ name: "m", values: [7], noiseVariance: 1 })).toBe(0)
    expect(measureBits({ name: "m", values: [], noiseVariance: 1 })).toBe(0)
    expect(measureBits({ name: "m", values: [0, Number.NaN, 8], noiseVariance: 1 })).toBe(2)
  })

  it("does not cancel when the values are large", () => {
    expect(measureBits({ name: "m", values: [1e15, 1e15 + 8], noiseVariance: 1 })).toBe(2)
  })

  it("refuses a measure without noise", () => {
    expect(() => measureBits({ name: "m", values: [0, 8], noiseVariance: 0 })).toThrow(RangeError)
  })
})

describe("aggregateDepth", () => {
  const orders = { name: "orders", values: [0, 8, 0, 8], noiseVariance: 1 }

  it("adds the bits of the keys and of each distinct measure", () => {
    const spend = { name: "spend_minor", values: [0, 80, 80, 0], noiseVariance: 100 }
    const depth = aggregateDepth(
      { release: "rel_1", keys: { state: ["a", "b", "c", "d"] }, counts: [1, 1, 1, 1], measures: [orders, spend] },
      when
    )
    expect(depth.bits).toEqual({
      kind: "released",
      value: 6,
      unit: "bit",
      where: "release:rel_1#depth",
      when,
      release: "rel_1"
    })
    expect(depth.keyBits).toBe(2)
    expect(depth.measureBits).toEqual([
      { name: "orders", bits: 2 },
      { name: "spend_minor", bits: 2 }
    ])
  })

  it("counts a measure that repeats another once", () => {
    const again = { ...orders, name: "orders_again" }
    const table = { release: "rel_1", keys: { state: ["a", "b", "c", "d"] }, counts: null, measures: [orders, again] }
    expect(aggregateDepth(table, when).bits.value).toBe(4)
  })
})

describe("rowMeasure", () => {
  const decay = { halfLifeDays: 30, graceDays: 1, archival: 0.2 }
  const group = (rows: number, ageDays: number, weight = 1) => ({
    rows: known(rows),
    ageDays: known(ageDays),
    weight: known(weight)
  })

  it("gives the golden value of pricing.md and adds over groups", () => {
    expect(rowMeasure([group(250_000, 10)], decay)).toBeCloseTo(212_450.5, 0)
    expect(rowMeasure([group(10, 0), group(10, 0, 4)], decay)).toBe(50)
    expect(rowMeasure([], decay)).toBe(0)
  })

  it("refuses negative rows and weights above 4 or below 1", () => {
    expect(() => rowMeasure([group(-1, 0)], decay)).toThrow(RangeError)
    expect(() => rowMeasure([group(1, 0, 4.1)], decay)).toThrow(RangeError)
    expect(() => rowMeasure([group(1, 0, 0.9)], decay)).toThrow(RangeError)
  })
})

describe("depthScore", () => {
  it("weighs bits, history and coverage, and stays within 100", () => {
    expect(depthScore(known(8), known(3), known(0.5))).toBeCloseTo(25 + 10 + 15, 12)
    expect(depthScore(known(40), known(1000), known(1))).toBe(100)
  })

  it("gives nothing for a coverage that nobody declared", () => {
    expect(depthScore(known(16), known(0), null)).toBe(50)
  })

  it("refuses values outside their range", () => {
    expect(() => depthScore(known(-1), known(0), null)).toThrow(RangeError)
    expect(() => depthScore(known(1), known(0), known(1.01))).toThrow(RangeError)
  })
})
