import { describe, expect, it } from "@effect/vitest"
import { consistentTotals } from "#privacy/dp/consistency/consistentTotals.ts"

const all = (n: number) => new Uint32Array(n)

describe("consistentTotals", () => {
  it("gives back what is consistent already", () => {
    const levels = [{ totals: [6], variance: 4, parentOf: all(3) }]
    expect(consistentTotals([1, 2, 3], 1, levels)).toEqual([1, 2, 3])
  })

  it("weighs cells and total by their precision", () => {
    // Four cells of variance 100 sum to 400, the total says 480 at variance 400: the middle of two equally sure sums.
    const fitted = consistentTotals([100, 100, 100, 100], 100, [{ totals: [480], variance: 400, parentOf: all(4) }])
    expect(fitted).toEqual([110, 110, 110, 110])
    const sure = consistentTotals([100, 100, 100, 100], 100, [{ totals: [480], variance: 1e-9, parentOf: all(4) }])
    expect(sure.reduce((a, b) => a + b)).toBe(480)
  })

  it("makes non-negative whole numbers whose sum is kept", () => {
    const fitted = consistentTotals([-8, 0.4, 20.3, 7.3], 5, [])
    expect(fitted.every((value) => Number.isInteger(value) && value >= 0)).toBe(true)
    expect(fitted.reduce((a, b) => a + b)).toBe(20)
    expect(consistentTotals([-5, -3], 1, [])).toEqual([0, 0])
    expect(consistentTotals([], 1, [])).toEqual([])
  })

  it("fits levels that cross", () => {
    const rows = { totals: [10, 30], variance: 1e-6, parentOf: Uint32Array.of(0, 0, 1, 1) }
    const columns = { totals: [20, 20], variance: 1e-6, parentOf: Uint32Array.of(0, 1, 0, 1) }
    const [a, b, c, d] = consistentTotals([0, 0, 0, 0], 50, [rows, columns])
    expect([a! + b!, c! + d!, a! + c!, b! + d!]).toEqual([10, 30, 20, 20])
  })
})
