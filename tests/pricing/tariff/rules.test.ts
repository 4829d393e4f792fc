import { describe, expect, it } from "@effect/vitest"
import { seededBits } from "#core/random/BitSource.ts"
import { demandOn } from "#pricing/demand/demandOn.ts"
import type { Vote } from "#pricing/demand/demandTarget.ts"
import { keyEntropy } from "#pricing/depth/keyEntropy.ts"
import type { Evidence } from "#pricing/evidence/Evidence.ts"
import { publicNumber } from "#pricing/evidence/publicNumber.ts"
import { price } from "#pricing/price/price.ts"
import type { PriceInputs } from "#pricing/price/PriceInputs.ts"
import { makeQuote } from "#pricing/quote/makeQuote.ts"
import { splitRevenue } from "#pricing/split/splitRevenue.ts"
import { callFee } from "#pricing/tariff/callFee.ts"
import { canonicalBytes } from "#pricing/tariff/canonicalBytes.ts"
import { deltaFen } from "#pricing/tariff/deltaFen.ts"
import { modelLicence } from "#pricing/tariff/modelLicence.ts"
import { fenPerGigabyte, inBytes } from "#pricing/tariff/perGigabyte.ts"
import { readTariffFile } from "#pricing/tariff/readTariffFile.ts"
import { subscriptionFen } from "#pricing/tariff/subscriptionFen.ts"
import { upgradeFen } from "#pricing/tariff/upgradeFen.ts"
import { attainment, lateCredit } from "#pricing/ttl/serviceLevel.ts"
import { timeliness } from "#pricing/ttl/timeliness.ts"
import { randomDecay, randomDepth, randomMarket, spread, unit } from "../price/searchCheaperCover.ts"
import type { Market } from "../price/searchCheaperCover.ts"
import { sampleRequest } from "../quote/sampleQuote.ts"
import { randomTariff } from "./randomTariff.ts"

const cases = 10_000
const known = (value: number): Evidence => publicNumber(value, "", "test", "2026-11-22")

const inputsOf = (
  { base, floor, demand, beta, r0, reference }: Market,
  bits: number,
  mu: number,
  rho: number
): PriceInputs => ({
  base: known(base),
  floor: known(floor),
  demand: known(demand),
  beta: known(beta),
  r0: known(r0),
  reference: { bits: known(reference.bits), mu: known(reference.mu), rho: known(reference.rho) },
  artefact: { bits: known(bits), mu: known(mu), rho: known(rho) }
})
const fenOf = (market: Market, bits: number, mu: number, rho: number): number =>
  price(inputsOf(market, bits, mu, rho)).fen

describe("upgrades, deltas and subscriptions", () => {
  it(`an upgrade is never negative and never dearer than the new part alone, in ${cases} cases`, () => {
    const bits = seededBits("upgrade")
    for (let trial = 0; trial < cases; trial++) {
      const market = randomMarket(bits)
      const depth = randomDepth(bits, 4)
      const [owned, more] = [bits.u32() % 16, bits.u32() % 16]
      const [mu, rho] = [spread(bits, 1, 1e7), spread(bits, 1e-5, 2)]
      const fen = (set: number): number => fenOf(market, depth(set), mu, rho)
      const upgrade = upgradeFen(fen(owned), fen(owned | more))
      expect(upgrade).toBeGreaterThanOrEqual(0)
      expect(upgrade).toBeLessThanOrEqual(fen(more))
    }
  })

  it(`the old version and its delta never cost less than the new one, in ${cases} cases`, () => {
    const bits = seededBits("delta")
    for (let trial = 0; trial < cases; trial++) {
      const market = randomMarket(bits)
      const decay = randomDecay(bits)
      const age = 400 * unit(bits)
      const [h, rho] = [16 * unit(bits), spread(bits, 1e-5, 2)]
      const kept = spread(bits, 1, 1e6)
      const fresh = spread(bits, 1, 1e6)
      const old = fenOf(market, h, kept * timeliness(age, decay), rho)
      const next = fenOf(market, h, kept * timeliness(age, decay) + fresh, rho)
      expect(old + deltaFen(fenOf(market, h, fresh, rho), old, next)).toBeGreaterThanOrEqual(next)
    }
  })

  it(`a subscription costs between its dearest version and their sum, in ${cases} cases`, () => {
    const bits = seededBits("subscription")
    for (let trial = 0; trial < cases; trial++) {
      const versions = Array.from({ length: 1 + (bits.u32() % 12) }, () => 1 + (bits.u32() % 1_000_000))
      const fen = subscriptionFen(versions, 1 + (bits.u32() % 60), randomDecay(bits))
      expect(fen).toBeGreaterThanOrEqual(Math.max(...versions))
      expect(fen).toBeLessThanOrEqual(versions.reduce((sum, one) => sum + one, 0))
    }
    expect(subscriptionFen([], 30, randomDecay(bits))).toBe(0)
  })

  it("credits a late version by 1 - T of its lateness, and nothing within the grace", () => {
    const decay = { halfLifeDays: 30, graceDays: 1, archival: 0.2 }
    expect(lateCredit(100_000, 1, decay)).toBe(0)
    expect(lateCredit(100_000, 10, decay)).toBe(15_020)
    expect(lateCredit(100_000, 1e6, decay)).toBe(80_000)
    const late = (lateDays: number | null) => ({ due: "2026-11-01", lateDays })
    expect(attainment([late(0), late(1), late(2), late(null)], decay)).toBe(0.5)
    expect(attainment([], decay)).toBe(1)
  })
})

describe("one price for one thing", () => {
  it(`same artefact, same day, same price, whatever the account or declaration, in ${cases} cases`, () => {
    const bits = seededBits("account")
    const day = "2026-11-22"
    const votes: Array<Vote> = Array.from({ length: 12 }, (_, i) => ({
      buyer: `b${i}`,
      fit: known(bits.u32() % 101),
      at: "2026-11-01"
    }))
    const demandWith = (today: ReadonlyArray<Vote>): Evidence =>
      demandOn({ product: "p", votes: [...votes, ...today], supply: [], since: "2026-10-01" }, day)
    const fenAt = (i: number, demand: Evidence, hour: number): number =>
      makeQuote({
        ...sampleRequest,
        id: `quo_${i}`,
        inputs: { ...sampleRequest.inputs, demand },
        issuedAt: `${day}T${String(hour).padStart(2, "0")}:59:59.000Z`
      }).price.minor
    const listed = fenAt(0, demandWith([]), 0)
    let different = 0
    for (let trial = 0; trial < cases; trial++) {
      const declared = Array.from({ length: bits.u32() % 3 }, (_, i) => ({
        buyer: `new${trial}-${i}`,
        fit: known(bits.u32() % 101),
        at: `${day}T0${bits.u32() % 10}:00:00.000Z`
      }))
      if (fenAt(trial, demandWith(declared), bits.u32() % 24) !== listed) different++
    }
    expect(different).toBe(0)
  })

  it(`same price for CSV, JSON lines and columns of one table, in ${cases} cases`, () => {
    const bits = seededBits("encoding")
    const names = ["北京", "a,b", 'say "hi"', "", "naïve", "x".repeat(40)]
    const market = randomMarket(bits)
    const fenOfBytes = (rows: ReadonlyArray<ReadonlyArray<unknown>>): number => {
      const types = ["VARCHAR", "BIGINT", "DOUBLE"]
      const size = canonicalBytes(types.map((type, c) => ({ type, values: rows.map((row) => row[c]) })))
      const per = known(size / rows.length)
      return price(inBytes(inputsOf(market, 7, rows.length, 0.1), { artefact: per, reference: known(20) })).fen
    }
    for (let trial = 0; trial < cases; trial++) {
      const rows = Array.from({ length: 1 + (bits.u32() % 5) }, () => [
        names[bits.u32() % names.length],
        bits.u32() - 2 ** 31,
        bits.u32() / 7
      ])
      const fen = fenOfBytes(rows)
      expect(fenOfBytes(rows.map((row) => JSON.parse(JSON.stringify(row)) as ReadonlyArray<unknown>))).toBe(fen)
      expect(fenOfBytes(fromCsv(rows.map(toCsv)))).toBe(fen)
    }
  })

  it(`a duplicate, a constant or a relabelled column adds no bits, in ${cases} tables`, () => {
    const bits = seededBits("free columns")
    for (let trial = 0; trial < cases; trial++) {
      const n = 1 + (bits.u32() % 30)
      const column = (): ReadonlyArray<number> => Array.from({ length: n }, () => bits.u32() % 4)
      const columns = [column(), column()]
      const weights = Array.from({ length: n }, () => (bits.u32() % 50) - 5)
      const h = keyEntropy(columns, weights)
      expect(keyEntropy([...columns, columns[0]!], weights)).toBe(h)
      expect(keyEntropy([...columns, Array.from({ length: n }, () => "same")], weights)).toBe(h)
      expect(keyEntropy([...columns, columns[1]!.map((value) => `v${value}`)], weights)).toBe(h)
    }
  })
})

describe("calls, licences and gigabytes", () => {
  const { tariff } = readTariffFile({
    tiers: [
      { upTo: 10_000, unit: "0.50 CNY" },
      { upTo: 100_000, unit: "0.35 CNY" },
      { upTo: null, unit: "0.20 CNY" }
    ],
    quantity: 0
  })

  it(`n calls never cost less than the same n rows in bulk, alone or in two parts, in ${cases} cases`, () => {
    const bits = seededBits("calls")
    for (let trial = 0; trial < cases; trial++) {
      const market = randomMarket(bits)
      const own = randomTariff(bits)
      const [h, rho] = [16 * unit(bits), spread(bits, 1e-5, 2)]
      const bulk = (n: number): number => fenOf(market, h, n, rho)
      const calls = (n: number): number => callFee(own, { units: BigInt(n), scale: 0 }, bulk(n))
      const [a, b] = [1 + (bits.u32() % 100_000), 1 + (bits.u32() % 100_000)]
      expect(calls(a + b)).toBeGreaterThanOrEqual(bulk(a + b))
      expect(calls(a) + calls(b)).toBeGreaterThanOrEqual(calls(a + b))
    }
    expect(callFee(tariff, { units: 0n, scale: 0 }, 12_000)).toBe(0)
  })

  it("17 insurers pay 722,500.00 on their own meters, and each its fixed fee", () => {
    const usage = Array.from({ length: 17 }, (_, i) => ({ entity: `i${i}`, quantity: { units: 130_000n, scale: 0 } }))
    const total = (fee: number): number => modelLicence(fee, tariff, usage).reduce((sum, { fen }) => sum + fen, 0)
    expect(total(0)).toBe(72_250_000)
    expect(total(100_000)).toBe(72_250_000 + 17 * 100_000)
    expect(() => modelLicence(0, tariff, [usage[0]!, usage[0]!])).toThrow(RangeError)
  })

  it("shows a price per GB from 1 GB on, and none below", () => {
    expect(fenPerGigabyte(12_800_000, 1e9)).toBe(12_800_000)
    expect(fenPerGigabyte(12_800_000, 4e9)).toBe(3_200_000)
    expect(fenPerGigabyte(12_000, 10_000)).toBeNull()
  })
})

describe("splitRevenue", () => {
  it(`sums exactly, gives nothing to a zero weight, and is within one fen of the share, in ${cases} cases`, () => {
    const bits = seededBits("split")
    for (let trial = 0; trial < cases; trial++) {
      const fen = bits.u32() * (1 + (bits.u32() % 1000))
      const weights = Array.from({ length: 1 + (bits.u32() % 8) }, () =>
        bits.u32() % 3 === 0 ? 0 : spread(bits, 1e-6, 1e6)
      )
      weights[bits.u32() % weights.length] = 1
      const parts = splitRevenue(fen, weights.map(known))
      expect(parts.reduce((sum, part) => sum + part, 0)).toBe(fen)
      const total = weights.reduce((sum, weight) => sum + weight, 0)
      for (const [i, part] of parts.entries()) {
        if (weights[i] === 0) expect(part).toBe(0)
        expect(Math.abs(part - fen * (weights[i]! / total))).toBeLessThanOrEqual(1 + fen * 2 ** -50)
      }
    }
  })

  it("refuses what has no split", () => {
    expect(() => splitRevenue(100, [known(0)])).toThrow(RangeError)
    expect(() => splitRevenue(1.5, [known(1)])).toThrow(RangeError)
    expect(() => splitRevenue(100, [known(-1), known(2)])).toThrow(RangeError)
  })
})

describe("tariffs that can be gamed", () => {
  it(`an all-units volume tariff falls with use, free units reward splitting, whole bounds leave holes, in ${cases} cases each`, () => {
    const bits = seededBits("controls")
    let [falls, splits, holes] = [0, 0, 0]
    for (let trial = 0; trial < cases; trial++) {
      const bound = 10 + (bits.u32() % 1000)
      const [high, low] = [2 + (bits.u32() % 50), 1]
      const allUnits = (q: number): number => q * (q < bound ? high : low)
      if (allUnits(bound) < allUnits(bound - 1)) falls++
      const free = (q: number): number => Math.max(0, q - bound) * high
      if (free(bound) + free(bound) < free(2 * bound)) splits++
      const whole = (q: number): number => high * Math.min(q, bound) + low * Math.max(0, Math.floor(q) - bound)
      if (whole(bound + 0.5) === whole(bound)) holes++
    }
    expect([falls, splits, holes]).toEqual([cases, cases, cases])
  })
})

const toCsv = (row: ReadonlyArray<unknown>): string =>
  row.map((value) => (typeof value === "string" ? `"${value.replaceAll('"', '""')}"` : String(value))).join(",")

function fromCsv(lines: ReadonlyArray<string>): ReadonlyArray<ReadonlyArray<unknown>> {
  return lines.map((line) => {
    const text = /^"((?:[^"]|"")*)",([^,]*),([^,]*)$/.exec(line)!
    return [text[1]!.replaceAll('""', '"'), Number(text[2]), Number(text[3])]
  })
}
