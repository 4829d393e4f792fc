import { describe, expect, it } from "@effect/vitest"
import { BadInput } from "#core/BadInput.ts"
import { blendBase } from "#pricing/base/blendBase.ts"
import { costMethod } from "#pricing/base/costMethod.ts"
import { incomeMethod } from "#pricing/base/incomeMethod.ts"
import { marketMethod } from "#pricing/base/marketMethod.ts"
import { readComparables } from "#pricing/base/readComparables.ts"
import { publicNumber } from "#pricing/evidence/publicNumber.ts"

const when = "2026-11-22T00:00:00.000Z"
const known = (value: number, where = "test") => publicNumber(value, "", where, when)
const cost = () =>
  costMethod({ costs: [known(600_000), known(400_000)], margin: known(0.1), usefulness: known(1.2) }, when)!
const income = () =>
  incomeMethod(
    {
      share: known(0.5),
      years: [
        { benefit: known(1_100_000), survival: known(1) },
        { benefit: known(1_210_000), survival: known(0.5) }
      ],
      rate: known(0.1),
      licences: known(3)
    },
    when
  )!
const comparables = (prices: ReadonlyArray<object>) =>
  readComparables({ source: "exchange list", date: "2026-10-01", comparables: prices })

describe("the three methods", () => {
  it("value at cost with a return, at discounted income per licence, at the adjusted median", () => {
    expect(cost().value.value).toBeCloseTo(1_320_000, 6)
    // 0.5 (1.1/1.1 + 1.21 x 0.5/1.21) = 0.75 million over three licences.
    expect(income().value.value).toBeCloseTo(250_000, 6)
    const market = marketMethod(
      comparables([
        { name: "a", price: "9000.00 CNY" },
        { name: "b", price: "10000.00 CNY", quality: 1.2 },
        { name: "c", price: "50000.00 CNY", volume: 0.5 }
      ]),
      when
    )!
    expect(market.value.value).toBeCloseTo(1_200_000, 6)
    expect(market.n).toBe(3)
  })

  it("say nothing without evidence", () => {
    expect(costMethod({ costs: [], margin: known(0), usefulness: known(1) }, when)).toBeUndefined()
    expect(incomeMethod({ share: known(1), years: [], rate: known(0), licences: known(1) }, when)).toBeUndefined()
  })
})

describe("blendBase", () => {
  it("weighs by n / (n + k), with weights that sum to 1", () => {
    const { methods, blend, from } = blendBase([cost(), income()], undefined, when)
    // Two ledger rows of k 4 and two years of k 3: 1/3 against 2/5.
    expect(methods[0]!.weight).toBeCloseTo(1 / 3 / (1 / 3 + 2 / 5), 12)
    expect(methods[0]!.weight + methods[1]!.weight).toBeCloseTo(1, 12)
    expect(blend!.value).toBeCloseTo((5 * 1_320_000 + 6 * 250_000) / 11, 6)
    expect(from).toBe("blend")
  })

  it("lets the product file override, and keeps the blend beside it", () => {
    const stated = known(1_200_000, "product:x#price.base")
    const appraisal = blendBase([cost()], stated, when)
    expect(appraisal).toMatchObject({ base: stated, from: "product-file" })
    expect(appraisal.blend!.value).toBeCloseTo(1_320_000, 6)
    expect(blendBase([], undefined, when)).toMatchObject({ base: undefined, blend: undefined, from: "nothing" })
  })
})

describe("readComparables", () => {
  it("keeps source and date with every figure, and refuses mixed currencies and prices of nothing", () => {
    const { price } = comparables([{ name: "a", price: "128000.00 CNY" }]).comparables[0]!
    expect(price).toMatchObject({ value: 12_800_000, where: "comparables:exchange list#0.price", when: "2026-10-01" })
    expect(() =>
      comparables([
        { name: "a", price: "1.00 CNY" },
        { name: "b", price: "1.00 USD" }
      ])
    ).toThrow(BadInput)
    expect(() => comparables([{ name: "a", price: "0.00 CNY" }])).toThrow(BadInput)
    expect(() => comparables([])).toThrow(BadInput)
  })
})
