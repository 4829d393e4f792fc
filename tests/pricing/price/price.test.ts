import { describe, expect, it } from "@effect/vitest"
import { BadInput } from "#core/BadInput.ts"
import { seededBits } from "#core/random/BitSource.ts"
import type { Evidence } from "#pricing/evidence/Evidence.ts"
import { publicNumber } from "#pricing/evidence/publicNumber.ts"
import { accuracyValue } from "#pricing/price/accuracyValue.ts"
import { price } from "#pricing/price/price.ts"
import { roundUpFen } from "#pricing/price/roundUpFen.ts"
import { volumeValue } from "#pricing/price/volumeValue.ts"
import { timeliness } from "#pricing/ttl/timeliness.ts"
import { randomDecay, randomDepth, randomMarket, searchCheaperCover, spread, unit } from "./searchCheaperCover.ts"
import type { Market, PriceOf } from "./searchCheaperCover.ts"

const cases = 10_000
const known = (value: number): Evidence => publicNumber(value, "", "test", "2026-11-22")

const priced = (market: Market, bits: number, mu: number, rho: number): ReturnType<typeof price> =>
  price({
    base: known(market.base),
    floor: known(market.floor),
    demand: known(market.demand),
    beta: known(market.beta),
    r0: known(market.r0),
    reference: { bits: known(market.reference.bits), mu: known(market.reference.mu), rho: known(market.reference.rho) },
    artefact: { bits: known(bits), mu: known(mu), rho: known(rho) }
  })
const priceOf: PriceOf = (market, bits, mu, rho) => priced(market, bits, mu, rho).fen

/** The market of the golden vector of pricing.md. */
const golden: Market = {
  base: 1_000_000,
  floor: 12_000,
  demand: 1.06,
  beta: 0.7,
  r0: 0.15,
  reference: { bits: 12.4, mu: 1_000_000, rho: 0.147264 }
}

describe("price", () => {
  it("gives 10,600.00 for the reference artefact of the golden vector", () => {
    expect(priceOf(golden, 12.4, 1_000_000, 0.147264)).toBe(1_060_000)
  })

  it("gives 360.78 for the golden offer, from 360.7728", () => {
    const { fen, terms } = priced(golden, 7.1, 212_450.5, 0.017469)
    expect(fen).toBe(36_078)
    expect(terms.formula / 100).toBeCloseTo(360.7728, 4)
    expect(terms.decidedBy).toBe("formula")
  })

  it("makes two half-row or two half-budget purchases of the golden offer dearer than one", () => {
    expect(priceOf(golden, 7.1, 212_450.5 / 2, 0.017469)).toBe(22_209)
    expect(priceOf(golden, 7.1, 212_450.5, 0.017469 / 2)).toBe(18_564)
  })

  it("charges the floor for the tiny golden offer, whose formula gives 0.27", () => {
    const { fen, terms } = priced(golden, 1.2, 5_000, 0.001)
    expect(fen).toBe(12_000)
    expect(terms.formula / 100).toBeCloseTo(0.27, 2)
    expect(terms.decidedBy).toBe("floor")
  })

  it("multiplies out: the terms give the formula price", () => {
    const { terms } = priced(golden, 7.1, 212_450.5, 0.017469)
    expect(terms.base * terms.demand * terms.depth * terms.volume * terms.accuracy).toBe(terms.formula)
  })

  it("charges the floor for an artefact that holds nothing", () => {
    expect(priceOf(golden, 0, 0, 0)).toBe(12_000)
    expect(priceOf({ ...golden, floor: 0 }, 0, 0, 0)).toBe(0)
  })

  it("refuses a price that cannot be counted exactly, and a reference too small to divide by", () => {
    expect(() => priceOf({ ...golden, base: 1e15 }, 12.4, 1e12, 1)).toThrow(BadInput)
    expect(() => priceOf({ ...golden, reference: { bits: 1, mu: 0, rho: 1 } }, 0, 1, 1)).toThrow(BadInput)
    expect(() => priceOf({ ...golden, reference: { bits: 1, mu: 1, rho: 0 } }, 1, 1, 0)).toThrow(BadInput)
  })

  it("refuses inputs out of their range as bugs", () => {
    expect(() => priceOf({ ...golden, beta: 1.01 }, 1, 1, 1)).toThrow(RangeError)
    expect(() => priceOf({ ...golden, r0: 0 }, 1, 1, 1)).toThrow(RangeError)
    expect(() => priceOf({ ...golden, demand: 0 }, 1, 1, 1)).toThrow(RangeError)
    expect(() => priceOf(golden, 1, -1, 1)).toThrow(RangeError)
    expect(() => priceOf(golden, -1, 1, 1)).toThrow(RangeError)
    expect(() => priceOf(golden, 1, 1, -1)).toThrow(RangeError)
  })

  it(`never falls when columns, rows or budget are added, in ${cases} cases each`, () => {
    const bits = seededBits("monotone")
    let falls = 0
    for (let trial = 0; trial < cases; trial++) {
      const market = randomMarket(bits)
      const depth = randomDepth(bits, 4)
      const set = bits.u32() % 16
      const [h, mu, rho] = [depth(set), spread(bits, 1, 1e7), spread(bits, 1e-5, 2)]
      const here = priceOf(market, h, mu, rho)
      if (priceOf(market, depth(set | (bits.u32() % 16)), mu, rho) < here) falls++
      if (priceOf(market, h, mu * (1 + unit(bits)), rho) < here) falls++
      if (priceOf(market, h, mu, rho * (1 + unit(bits))) < here) falls++
    }
    expect(falls).toBe(0)
  })

  it(`never charges more for older rows, in ${cases} cases`, () => {
    const bits = seededBits("older")
    let dearer = 0
    for (let trial = 0; trial < cases; trial++) {
      const market = randomMarket(bits)
      const decay = randomDecay(bits)
      const rows = spread(bits, 1, 1e7)
      const [age, more] = [1000 * unit(bits), 1000 * unit(bits)]
      const [h, rho] = [16 * unit(bits), spread(bits, 1e-5, 2)]
      const young = priceOf(market, h, rows * timeliness(age, decay), rho)
      if (priceOf(market, h, rows * timeliness(age + more, decay), rho) > young) dearer++
    }
    expect(dearer).toBe(0)
  })

  it(`charges nothing for a duplicate or constant column, in ${cases} cases`, () => {
    const bits = seededBits("duplicate")
    let charged = 0
    for (let trial = 0; trial < cases; trial++) {
      const market = randomMarket(bits)
      const depth = randomDepth(bits, 3)
      const withCopies = (set: number): number => depth((set | (set >> 3)) & 7)
      const set = bits.u32() % 8
      const [mu, rho] = [spread(bits, 1, 1e7), spread(bits, 1e-5, 2)]
      if (priceOf(market, withCopies(set | (set << 3)), mu, rho) !== priceOf(market, depth(set), mu, rho)) charged++
    }
    expect(charged).toBe(0)
  })

  it("is never beaten by a cover of columns, rows and budget, in 40,000 random covers", () => {
    // A quarter each of column unions, row splits, budget splits and arbitrary rectangles: 10,000 of every kind.
    expect(searchCheaperCover(seededBits("cover"), 4 * cases, priceOf)).toBe(0)
  })
})

describe("the search for a cheaper cover", () => {
  const formula = (market: Market, bits: number, mu: number, rho: number): number =>
    priced(market, bits, mu, rho).terms.formula

  it("finds one when prices are rounded half up", () => {
    const halfUp: PriceOf = (market, bits, mu, rho) =>
      Math.max(market.floor, Math.round(formula(market, bits, mu, rho)))
    expect(searchCheaperCover(seededBits("half-up"), cases, halfUp)).toBeGreaterThan(10)
  })

  it("finds one when prices are rounded down", () => {
    const down: PriceOf = (market, bits, mu, rho) => Math.max(market.floor, Math.floor(formula(market, bits, mu, rho)))
    expect(searchCheaperCover(seededBits("down"), cases, down)).toBeGreaterThan(10)
  })

  it("finds one when the price is cubic in epsilon, whose square goes like rho", () => {
    const cubic: PriceOf = (market, bits, mu, rho) => {
      const { terms } = priced(market, bits, mu, rho)
      const value = (terms.formula / terms.accuracy) * (rho / market.reference.rho) ** 1.5
      return roundUpFen(Math.max(market.floor, value))
    }
    expect(searchCheaperCover(seededBits("cubic"), cases, cubic)).toBeGreaterThan(1000)
  })

  it("finds one when rows are worth more than in proportion", () => {
    const convex: PriceOf = (market, bits, mu, rho) => {
      const { terms } = priced(market, bits, mu, rho)
      return roundUpFen(Math.max(market.floor, terms.formula * (mu / market.reference.mu) ** 0.5))
    }
    expect(searchCheaperCover(seededBits("convex"), cases, convex)).toBeGreaterThan(100)
  })

  it("finds one when a second column makes the first worth more", () => {
    const superadditive: PriceOf = (market, bits, mu, rho) => priceOf(market, bits * bits, mu, rho)
    expect(searchCheaperCover(seededBits("super"), cases, superadditive)).toBeGreaterThan(100)
  })
})

describe("roundUpFen", () => {
  it("rounds up, except for what float64 adds to an exact product", () => {
    expect(roundUpFen(36_077.28)).toBe(36_078)
    expect(roundUpFen(0.1 + 0.2 + 2.7)).toBe(3)
    expect(roundUpFen(3 + 2 ** -20)).toBe(4)
    expect(roundUpFen(0)).toBe(0)
    expect(Object.is(roundUpFen(2 ** -31), 0)).toBe(true)
  })

  it("corrects exact products that a bare ceil puts one fen too high", () => {
    const bits = seededBits("exact")
    let high = 0
    for (let trial = 0; trial < cases; trial++) {
      const exact = 1 + (bits.u32() % 100_000_000)
      const [h, m] = [1 + (bits.u32() % 1000), 1 + (bits.u32() % 1000)]
      // Equal to `exact` on paper.
      const product = ((exact * (h / 7)) / h) * 7 * (m / 13) * (13 / m)
      if (Math.ceil(product) > exact) high++
      expect(roundUpFen(product)).toBe(exact)
    }
    expect(high).toBeGreaterThan(cases / 100)
  })

  it("refuses NaN, negative and inexact amounts", () => {
    for (const x of [Number.NaN, -1, Infinity, 2 ** 60]) expect(() => roundUpFen(x)).toThrow(RangeError)
  })
})

describe("V and g", () => {
  it("rise, and fall per unit", () => {
    let [volume, accuracy] = [0, 0]
    let [perRow, perRho] = [Infinity, Infinity]
    for (let i = 1; i < 2000; i++) {
      const x = 1.01 ** i / 100
      expect(volumeValue(x, 0.7)).toBeGreaterThan(volume)
      expect(volumeValue(x, 0.7) / x).toBeLessThan(perRow)
      expect(accuracyValue(x, 0.15)).toBeGreaterThanOrEqual(accuracy)
      expect(accuracyValue(x, 0.15) / x).toBeLessThan(perRho)
      volume = volumeValue(x, 0.7)
      accuracy = accuracyValue(x, 0.15)
      perRow = volume / x
      perRho = accuracy / x
    }
  })

  it("keep their digits where the budget is tiny", () => {
    expect(accuracyValue(1e-18, 0.15) / 1e-18).toBeCloseTo(1 / 0.15, 12)
  })
})
