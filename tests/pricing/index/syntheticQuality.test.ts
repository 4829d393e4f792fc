import { describe, expect, it } from "@effect/vitest"
import { madeColumns } from "#catalog/product/madeColumns.ts"
import { syntheticQuality } from "#pricing/index/syntheticQuality.ts"

const when = "2026-11-22T00:00:00.000Z"
const domains = {
  plan: { type: "categorical", values: ["basic", "pro"], null: true },
  seats: { type: "integer", lower: 0, upper: 100, bins: 4 },
  note: { type: "text" }
} as const
const table = {
  // 1,000 rows: half basic, half pro but for ten that are missing and ten of no declared plan.
  plan: Array.from({ length: 1000 }, (_, i) => (i < 10 ? null : i < 20 ? "gold" : i % 2 === 0 ? "basic" : "pro")),
  seats: Array.from({ length: 1000 }, (_, i) => (i === 0 ? 101 : i % 25 === 0 ? 100 : i % 50))
}
const measurements = [
  { columns: ["plan"], sigma: 20 },
  { columns: ["plan", "seats"], sigma: 20 }
]

describe("the quality of made-up rows", () => {
  it("is read off the rows, what is declared of them, and the noise that they were made under", () => {
    const source = { release: "rel_1", columns: madeColumns(domains, table), measurements, subjects: 2000 }
    const quality = syntheticQuality(source, when)
    expect(source.columns.map(({ name, cells }) => [name, cells])).toEqual([
      ["plan", 3],
      ["seats", 4]
    ])
    expect(quality.completeness.share.value).toBe(1990 / 2000)
    // Ten plans that nobody declared, and one seat too many.
    expect(quality.consistency.share.value).toBe(1989 / 2000)
    // Of the column that was measured by itself: basic and pro stand out of the noise, the missing ones do not.
    expect([quality.precision.share.value, quality.precision.trials.value]).toEqual([2 / 3, 3])
    const [plan, both] = [3, 12].map((cells) => (0.6744897501960817 * 20 * cells) / 2000)
    expect(quality.accuracy?.share.value).toBeCloseTo(1 - (plan! + both!) / 2, 12)
  })

  it("is nothing where nothing was measured, and never below nothing", () => {
    const columns = madeColumns(domains, table)
    expect(
      syntheticQuality({ release: "r", columns, measurements: [], subjects: 10 }, when).accuracy?.share.value
    ).toBe(0)
    const noisy = { release: "r", columns, measurements: [{ columns: ["plan"], sigma: 1e6 }], subjects: 10 }
    expect(syntheticQuality(noisy, when)).toMatchObject({
      accuracy: { share: { value: 0 } },
      precision: { share: { value: 0 } }
    })
    expect(madeColumns({ plan: { type: "categorical", values: "dp" }, gone: 3 }, table)).toEqual([])
  })
})
