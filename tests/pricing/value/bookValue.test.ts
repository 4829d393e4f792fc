import { describe, expect, it } from "@effect/vitest"
import { publicNumber } from "#pricing/evidence/publicNumber.ts"
import { bookValue } from "#pricing/value/bookValue.ts"
import type { CostEntry } from "#pricing/value/bookValue.ts"

const entry = (amount: number, changes: Partial<CostEntry> = {}): CostEntry => ({
  amount: publicNumber(amount, "minor", "cost-ledger#1", "2026-01-10"),
  phase: "development",
  isCapitalised: true,
  treatment: "intangible",
  lifeMonths: 36,
  at: "2026-01-10",
  ...changes
})

describe("bookValue", () => {
  it("capitalises purchases and qualifying development, and expenses the rest", () => {
    const entries = [
      entry(360_000),
      entry(100_000, { phase: "purchase", treatment: "inventory" }),
      entry(50_000, { phase: "research" }),
      entry(20_000, { isCapitalised: false }),
      entry(7_000, { phase: "operation" })
    ]
    expect(bookValue(entries, "2026-01-31")).toMatchObject({
      cost: 460_000,
      amortised: 0,
      expensed: 77_000,
      book: { value: 460_000 }
    })
    expect(bookValue(entries, "2027-01-31")).toMatchObject({ amortised: 120_000, book: { value: 340_000 } })
    expect(bookValue(entries, "2036-01-31")).toMatchObject({ amortised: 360_000, book: { value: 100_000 } })
  })

  it("takes a reversal back whole, ignores what is yet to come, and is 0 for an empty ledger", () => {
    expect(bookValue([entry(360_000), entry(-360_000)], "2027-01-01").book.value).toBe(0)
    expect(bookValue([entry(1, { at: "2026-12-01" })], "2026-11-30").cost).toBe(0)
    expect(bookValue([], "2026-11-22").book).toMatchObject({ value: 0, where: "cost-ledger#empty" })
    expect(() => bookValue([entry(1, { lifeMonths: 0 })], "2026-11-22")).toThrow(RangeError)
  })
})
