import { describe, expect, it } from "@effect/vitest"
import { BadInput } from "#core/BadInput.ts"
import { seededBits } from "#core/random/BitSource.ts"
import { charge } from "#pricing/tariff/charge.ts"
import { readDecimal } from "#pricing/tariff/Decimal.ts"
import { readTariffFile } from "#pricing/tariff/readTariffFile.ts"
import { randomTariff } from "./randomTariff.ts"

const tiers = [
  { upTo: 10_000, unit: "0.50 CNY" },
  { upTo: 100_000, unit: "0.35 CNY" },
  { upTo: null, unit: "0.20 CNY" }
]
const feeOf = (quantity: number | string, of: ReadonlyArray<unknown> = tiers): number => {
  const read = readTariffFile({ tiers: of, quantity })
  return charge(read.tariff, read.quantity).fen
}
const refusal = (json: unknown): BadInput => {
  try {
    const read = readTariffFile(json)
    charge(read.tariff, read.quantity)
  } catch (error) {
    if (error instanceof BadInput) return error
    throw error
  }
  throw new Error("nothing was refused")
}

describe("charge", () => {
  it("gives the golden values: 42,500.00 alone, 722,500.00 for 17 accounts, 458,500.00 pooled", () => {
    expect(feeOf(130_000)).toBe(4_250_000)
    expect(17 * feeOf(130_000)).toBe(72_250_000)
    expect(feeOf(17 * 130_000)).toBe(45_850_000)
  })

  it("shows what each tier contributes", () => {
    const { tariff, quantity } = readTariffFile({ tiers, quantity: 130_000 })
    expect(charge(tariff, quantity).lines).toEqual([
      { from: "0", upTo: "10000", quantity: "10000", fen: 500_000 },
      { from: "10000", upTo: "100000", quantity: "90000", fen: 3_150_000 },
      { from: "100000", upTo: null, quantity: "30000", fen: 600_000 }
    ])
  })

  it("leaves no hole between tiers for a quantity that is not whole", () => {
    expect(feeOf(10_000)).toBe(500_000)
    expect(feeOf("10000.5")).toBe(500_018)
    expect(feeOf(10_001)).toBe(500_035)
  })

  it("is exact on decimals that float64 cannot hold", () => {
    // 0.1 + 0.2 is not 0.3 in float64; a third decimal of a fen is not lost either.
    expect(feeOf("0.3", [{ upTo: null, unit: "1.00 CNY" }])).toBe(30)
    expect(feeOf(0.1 + 0.2, [{ upTo: null, unit: "1.00 CNY" }])).toBe(31)
    expect(feeOf(3_000_000, [{ upTo: null, unit: "0.0035 CNY" }])).toBe(1_050_000)
    expect(feeOf("9007199254740993", [{ upTo: null, unit: "0.0001 CNY" }])).toBe(90_071_992_547_410)
    expect(feeOf(1e-7, [{ upTo: null, unit: "1 CNY" }])).toBe(1)
  })

  it("charges nothing for nothing", () => {
    const { tariff, quantity } = readTariffFile({ tiers, quantity: 0 })
    expect(charge(tariff, quantity)).toEqual({ fen: 0, lines: [] })
  })

  it("never gains from splitting, never falls with use, and its lines sum exactly, in 10,000 cases", () => {
    const bits = seededBits("tariff")
    for (let trial = 0; trial < 10_000; trial++) {
      const tariff = randomTariff(bits)
      const a = bits.u32() % 2_000_000
      const b = bits.u32() % 2_000_000
      const whole = charge(tariff, { units: BigInt(a + b), scale: 2 })
      const parts =
        charge(tariff, { units: BigInt(a), scale: 2 }).fen + charge(tariff, { units: BigInt(b), scale: 2 }).fen
      expect(parts).toBeGreaterThanOrEqual(whole.fen)
      expect(charge(tariff, { units: BigInt(a), scale: 2 }).fen).toBeLessThanOrEqual(whole.fen)
      expect(whole.lines.reduce((sum, line) => sum + line.fen, 0)).toBe(whole.fen)
    }
  })
})

describe("tariffs that invite gaming", () => {
  it("an all-units volume tariff charges less for more, which the graduated one never does", () => {
    const allUnits = (quantity: number): number => quantity * (quantity < 10_000 ? 50 : quantity < 100_000 ? 35 : 20)
    const falls = (fee: (quantity: number) => number): boolean => [9_999, 99_999].some((q) => fee(q + 1) < fee(q))
    expect(falls(allUnits)).toBe(true)
    expect(falls(feeOf)).toBe(false)
  })

  it("free units make many accounts cheaper than one, so a rising rate is refused", () => {
    const free = (quantity: number): number => Math.max(0, quantity - 1000) * 50
    expect(2 * free(1000)).toBeLessThan(free(2000))
    const error = refusal({
      tiers: [
        { upTo: 1000, unit: "0.00 CNY" },
        { upTo: null, unit: "0.50 CNY" }
      ],
      quantity: 1
    })
    expect(error.where?.field).toBe("tiers.1.unit")
  })

  it("integer bounds lose what lies between them, which half-open intervals do not", () => {
    const inclusive = (quantity: number): number =>
      50 * Math.min(quantity, 10_000) + 35 * Math.max(0, Math.min(quantity, 100_000) - 10_001)
    expect(inclusive(10_000.5)).toBe(inclusive(10_000))
    expect(feeOf(10_000.5)).toBeGreaterThan(feeOf(10_000))
  })
})

describe("readTariffFile", () => {
  const last = { upTo: null, unit: "0.20 CNY" }

  it("refuses what cannot be charged, naming the field", () => {
    expect(refusal({ tiers, quantity: -1 }).where?.field).toBe("quantity")
    expect(refusal({ tiers, quantity: "many" }).where?.field).toBe("quantity")
    expect(refusal({ tiers, quantity: "" }).where?.field).toBe("quantity")
    expect(refusal({ tiers: [], quantity: 1 }).where?.field).toContain("tiers")
    expect(refusal({ tiers: [{ upTo: 10, unit: "1 CNY" }], quantity: 1 }).where?.field).toBe("tiers.0.upTo")
    expect(refusal({ tiers: [{ upTo: null, unit: "1 CNY" }, last], quantity: 1 }).where?.field).toBe("tiers.0.upTo")
    expect(refusal({ tiers: [{ upTo: 0, unit: "1 CNY" }, last], quantity: 1 }).where?.field).toBe("tiers.0.upTo")
    expect(refusal({ tiers: [{ upTo: 10, unit: "1 USD" }, last], quantity: 1 }).where?.field).toBe("tiers.1.unit")
    expect(refusal({ tiers: [{ upTo: null, unit: "free" }], quantity: 1 }).where?.field).toBe("tiers.0.unit")
    expect(refusal({ tiers, quantity: 1, discount: 3 }).where?.field).toBe("discount")
    expect(refusal({ tiers, quantity: 1e200 }).code).toBe("tariff.size")
  })
})

describe("readDecimal", () => {
  it("reads plain, fractional and scientific forms exactly, and nothing else", () => {
    expect(readDecimal("0.50")).toEqual({ units: 50n, scale: 2 })
    expect(readDecimal(1e21)).toEqual({ units: 10n ** 21n, scale: 0 })
    expect(readDecimal(1.5e-7)).toEqual({ units: 15n, scale: 8 })
    for (const text of ["-1", "1,000", "1.", ".5", " 1", "1e9999", "NaN", "0x10"])
      expect(readDecimal(text)).toBeUndefined()
  })
})
