import { describe, expect, it } from "@effect/vitest"
import { BadInput } from "#core/BadInput.ts"
import { readPricePolicy } from "#pricing/quote/readPricePolicy.ts"
import { readDays } from "#pricing/ttl/readDays.ts"

const when = "2026-11-22T00:00:00.000Z"
const read = (price: unknown) => readPricePolicy(price, "orders_by_state", when)
const fieldRefused = (price: unknown): string | undefined => {
  try {
    read(price)
  } catch (error) {
    if (error instanceof BadInput) return error.where?.field ?? error.code
    throw error
  }
  return undefined
}

describe("readPricePolicy", () => {
  it("reads the example of architecture.md as public evidence that points to the product file", () => {
    const { policy, currency } = read({
      base: "12000.00 CNY",
      half_life: "30 days",
      grace: "1 day",
      archival: 0.2,
      beta: 0.7,
      r0: 0.15,
      floor: "120.00 CNY"
    })
    expect(currency).toBe("CNY")
    expect(policy.base).toEqual({
      kind: "public",
      value: 1_200_000,
      unit: "minor",
      where: "product:orders_by_state#price.base",
      when
    })
    expect(Object.values(policy).map((evidence) => evidence.value)).toEqual([1_200_000, 12_000, 30, 1, 0.2, 0.7, 0.15])
  })

  it("says which values nobody wrote", () => {
    const { policy } = read({ base: "12000.00 CNY" })
    expect(policy.halfLife).toMatchObject({ value: 30, where: "default#price.half_life" })
    expect(policy.floor).toMatchObject({ value: 1, where: "default#price.floor" })
  })

  it("names the field that does not fit", () => {
    const base = "12000.00 CNY"
    expect(fieldRefused({})).toBe("base")
    expect(fieldRefused({ base: "0.00 CNY" })).toBe("price.base")
    expect(fieldRefused({ base: 12_000 })).toBe("base")
    expect(fieldRefused({ base, floor: "0.00 CNY" })).toBe("price.floor")
    expect(fieldRefused({ base, floor: "1.00 USD" })).toBe("price.floor")
    expect(fieldRefused({ base, half_life: "soon" })).toBe("price.half_life")
    expect(fieldRefused({ base, half_life: "0 days" })).toBe("price.half_life")
    expect(fieldRefused({ base, grace: "-1 days" })).toBe("price.grace")
    expect(fieldRefused({ base, archival: 2 })).toBe("archival")
    expect(fieldRefused({ base, halflife: "30 days" })).toBe("halflife")
  })
})

describe("readDays", () => {
  it("reads days, weeks, months and years, and nothing else", () => {
    expect(["1 day", "30 days", "2 weeks", "12 months", "1.5 years"].map(readDays)).toEqual([
      1, 30, 14, 365.25, 547.875
    ])
    for (const text of ["", "30", "days", "-1 day", "1 hour", "1e3 days"]) expect(readDays(text)).toBeUndefined()
  })
})
