import { describe, expect, it } from "@effect/vitest"
import { BadInput } from "#core/BadInput.ts"
import { publicNumber } from "#pricing/evidence/publicNumber.ts"
import { releasedNumber } from "#pricing/evidence/releasedNumber.ts"
import { fit } from "#pricing/fit/fit.ts"
import type { Offered } from "#pricing/fit/fit.ts"
import { jensenShannon } from "#pricing/fit/jensenShannon.ts"
import { matchField } from "#pricing/fit/matchField.ts"
import { readScenario } from "#pricing/scenario/readScenario.ts"

const when = "2026-11-22T00:00:00.000Z"
const size = (value: string, rows: number) => ({
  value,
  size: releasedNumber(rows, "row", "release:r#strata", when, "r")
})
const offered: Offered = {
  columns: [{ name: "region" }, { name: "month", grain: "month" }, { name: "buyers" }, { name: "spend_minor" }],
  purposes: ["dpv:MarketResearch"],
  strata: { region: [size("north", 300), size("south", 100)] },
  quality: { accuracy: publicNumber(0.9, "share", "test", when) }
}
const asks = (changes: object = {}) =>
  readScenario({ scenario: "demand", purpose: "dpv:MarketResearch", required: ["region", "buyers"], ...changes })

describe("matchField", () => {
  it("scores the concept, what it can be computed from, a stand-in and nothing", () => {
    const score = (field: string, grain?: string) =>
      matchField({ field, weight: 1, ...(grain === undefined ? {} : { grain }) }, offered.columns).score
    expect(score("region")).toBe(1)
    expect(score("revenue")).toBe(0.8)
    expect(score("province")).toBe(0.4)
    expect(score("shoe_size")).toBe(0)
    expect(score("month", "year")).toBe(0.8)
    expect(score("month", "day")).toBe(0.4)
    expect(score("month", "city")).toBe(0)
  })
})

describe("fit", () => {
  it("is 100 where everything asked for is there", () => {
    const { fit: score, gate } = fit(asks(), offered, when)
    expect([score.value, gate]).toEqual([100, true])
  })

  it("multiplies Sch^0.4 Pop^0.3 Qual^0.3", () => {
    const scenario = asks({
      optional: ["revenue", "shoe_size"],
      population: { column: "region", shares: { north: 0.5, south: 0.5 }, size: 800 },
      quality: { accuracy: { min: 0.5, goal: 1 } }
    })
    const score = fit(scenario, offered, when)
    expect(score.schema).toBeCloseTo((1 + 1 + 0.8 + 0) / 4, 12)
    expect(score.population).toBeCloseTo(0.5 * (1 - Math.sqrt(jensenShannon([0.75, 0.25], [0.5, 0.5]))), 12)
    expect(score.quality).toBeCloseTo(0.8, 12)
    expect(score.fit.value).toBeCloseTo(100 * score.schema ** 0.4 * score.population ** 0.3 * 0.8 ** 0.3, 9)
    // The strata are released numbers, so what follows from them is no more public than they are.
    expect(score.fit.kind).toBe("released")
  })

  it("is 0 and says why when a mandatory field is missing or a purpose is not allowed", () => {
    const missing = fit(asks({ required: ["region", "province"] }), offered, when)
    expect([missing.fit.value, missing.missing]).toEqual([0, ["province"]])
    const forbidden = fit(asks({ purpose: "dpv:CreditChecking" }), offered, when)
    expect([forbidden.fit.value, forbidden.forbidden]).toEqual([0, ["dpv:CreditChecking"]])
  })

  it("counts a dimension that was never measured as the least, not as met", () => {
    const score = fit(asks({ quality: { uniqueness: { min: 0, goal: 1 } } }), offered, when)
    expect([score.quality, score.weakest]).toEqual([0.05, "uniqueness"])
  })

  it("reaches nothing of a population in other strata, and ignores negative noisy counts", () => {
    const elsewhere = asks({ population: { column: "region", shares: { east: 1 } } })
    expect(fit(elsewhere, offered, when).population).toBe(0)
    const noisy = { ...offered, strata: { region: [size("north", 300), size("south", -4)] } }
    const asked = asks({ population: { column: "region", shares: { north: 0.9, south: 0.1 } } })
    const { population } = fit(asked, noisy, when)
    expect(population).toBeGreaterThan(0)
    expect(population).toBeLessThan(0.9)
  })
})

describe("jensenShannon", () => {
  it("is 0 for equal, 1 for disjoint or empty, and symmetric", () => {
    expect(jensenShannon([0.3, 0.7], [0.3, 0.7])).toBe(0)
    expect(jensenShannon([1, 0], [0, 1])).toBe(1)
    expect(jensenShannon([0, 0], [0.5, 0.5])).toBe(1)
    expect(jensenShannon([0.2, 0.8], [0.6, 0.4])).toBeCloseTo(jensenShannon([0.6, 0.4], [0.2, 0.8]), 15)
  })
})

describe("readScenario", () => {
  it("refuses what cannot be scored, naming the field and what to write", () => {
    const field = (json: object): string | undefined => {
      try {
        readScenario(json)
      } catch (error) {
        if (error instanceof BadInput && error.fix.length > 0) return error.where?.field
        throw error
      }
      return "accepted"
    }
    const good = { scenario: "s", purpose: "p", required: ["a"] }
    expect(field(good)).toBe("accepted")
    expect(field({ scenario: "s", required: ["a"] })).toBe("purpose")
    expect(field({ ...good, purpose: undefined, purposes: [] })).toBe("purpose")
    expect(field({ ...good, required: [] })).toBe("required")
    expect(field({ ...good, optional: ["a"] })).toBe("optional")
    expect(field({ ...good, population: { column: "c", shares: { x: 0.4 } } })).toBe("population.shares")
    expect(field({ ...good, history: "soon" })).toBe("history")
    expect(field({ ...good, quality: { accuracy: { min: 0.5, goal: 0.5 } } })).toBe("quality.accuracy")
    expect(field({ ...good, colour: "red" })).toBe("colour")
  })
})
