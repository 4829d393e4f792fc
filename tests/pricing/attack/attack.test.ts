import { describe, expect, it } from "@effect/vitest"
import { BadInput } from "#core/BadInput.ts"
import { Refused } from "#core/Refused.ts"
import { seededBits } from "#core/random/BitSource.ts"
import { attack } from "#pricing/attack/attack.ts"
import { attackMenu, requireUnbeaten } from "#pricing/attack/attackMenu.ts"
import type { PricedOffer } from "#pricing/attack/PricedOffer.ts"
import { readMenuFile } from "#pricing/attack/readMenuFile.ts"
import { aggregateDepth } from "#pricing/depth/aggregateDepth.ts"
import { releasedNumber } from "#pricing/evidence/releasedNumber.ts"
import { makeMenu } from "#pricing/offer/makeMenu.ts"
import { offerInputs } from "#pricing/offer/offerInputs.ts"
import { priceMenu } from "#pricing/offer/priceMenu.ts"
import { sampleRequest } from "../quote/sampleQuote.ts"
import { formulaMenu } from "./formulaMenu.ts"

const offer = (id: string, fen: number, changes: Partial<PricedOffer> = {}): PricedOffer => ({
  id,
  columns: ["a", "b"],
  rows: ["north", "south"],
  versions: ["v1"],
  rho: 1,
  fen,
  ...changes
})
const whole = offer("whole", 1000)

describe("attack", () => {
  it("finds cheaper covers by columns, rows, budget, versions and arbitrary mixtures, and names their parts", () => {
    const found = (...parts: ReadonlyArray<PricedOffer>) => {
      const { verdict, cover, margin } = attack(whole, [whole, ...parts])
      return verdict === "beaten" ? [cover!.fen, margin!.toFixed(3), cover!.parts] : verdict
    }
    const once = (...ids: ReadonlyArray<string>) => ids.map((offer) => ({ offer, times: 1 }))
    expect(found(offer("a", 400, { columns: ["a"] }), offer("b", 300, { columns: ["b"] }))).toEqual([
      700,
      "-0.300",
      once("a", "b")
    ])
    expect(found(offer("n", 600, { rows: ["north"] }), offer("s", 399, { rows: ["south"] }))).toEqual([
      999,
      "-0.001",
      once("n", "s")
    ])
    expect(found(offer("half", 450, { rho: 0.5 }))).toEqual([900, "-0.100", [{ offer: "half", times: 2 }]])
    expect(found(offer("bundle", 990, { versions: ["v1", "v2"] }))).toEqual([990, "-0.010", once("bundle")])
    const pinwheel = [
      offer("an", 300, { columns: ["a"], rows: ["north"] }),
      offer("as", 200, { columns: ["a"], rows: ["south"] }),
      offer("bn", 250, { columns: ["b"], rows: ["north"] }),
      offer("bs", 200, { columns: ["b"], rows: ["south"] })
    ]
    expect(found(...pinwheel)).toEqual([950, "-0.050", once("an", "bn", "as", "bs")])
    expect(found(offer("a", 400, { columns: ["a"] }))).toBe("safe")
    expect(found(offer("a", 600, { columns: ["a"] }), offer("b", 500, { columns: ["b"] }))).toBe("safe")
  })

  it("reports the margin of a price that stands, and that nothing at all is cheaper", () => {
    const report = attack(whole, [offer("half", 600, { rho: 0.5 })])
    expect(report).toMatchObject({ verdict: "safe", cover: { fen: 1200 }, atLeast: 1200 })
    expect(report.margin).toBeCloseTo(0.2, 12)
    expect(attack(whole, []).margin).toBeNull()
  })

  it("never claims a bound above a cover, and finds the planted cheap cover, in 2,000 random menus", () => {
    const bits = seededBits("attack")
    for (let trial = 0; trial < 2000; trial++) {
      const some = (names: ReadonlyArray<string>): ReadonlyArray<string> => {
        const chosen = names.filter(() => bits.u32() % 2 === 0)
        return chosen.length === 0 ? [names[0]!] : chosen
      }
      const parts = Array.from({ length: 8 }, (_, i) =>
        offer(`p${i}`, 200 + (bits.u32() % 800), {
          columns: some(["a", "b"]),
          rows: some(["north", "south"]),
          rho: [0.25, 0.5, 1, 2][bits.u32() % 4]!
        })
      )
      const report = attack(whole, parts)
      if (report.cover !== null) expect(report.atLeast).toBeLessThanOrEqual(report.cover.fen)
      const planted = [offer("x", 449, { columns: ["a"] }), offer("y", 450, { columns: ["b"] })]
      const found = attack(whole, [...parts, ...planted])
      expect(found.verdict).toBe("beaten")
      expect(found.cover!.fen).toBeLessThanOrEqual(899)
    }
  })

  it("proves every offer of 100 formula menus safe", () => {
    for (let trial = 0; trial < 100; trial++) {
      const verdicts = attackMenu(formulaMenu(`formula ${trial}`, 5, 3, 30)).map(({ verdict }) => verdict)
      expect(new Set(verdicts)).toEqual(new Set(["safe"]))
    }
  })
})

describe("requireUnbeaten", () => {
  it("refuses a menu with a cheaper cover and says which", () => {
    const menu = [whole, offer("half", 450, { rho: 0.5 })]
    try {
      requireUnbeaten(attackMenu(menu), "CNY")
      expect.unreachable()
    } catch (error) {
      expect(error).toBeInstanceOf(Refused)
      expect((error as Refused).message).toContain("whole costs 10.00 CNY, but 2 x half give the same for 9.00 CNY")
    }
    requireUnbeaten(attackMenu([whole, offer("half", 500, { rho: 0.5 })]), "CNY")
  })
})

describe("readMenuFile", () => {
  const base = { columns: ["a"], rho: 1 }
  const file = { id: "file", ...base, price: "100.00 CNY" }
  const reports = (offers: ReadonlyArray<object>) => {
    const { offers: read, metered } = readMenuFile({ strata: { north: 600, south: 400 }, offers })
    return attackMenu(read, metered)
  }

  it("finds that calls are cheaper than the file, and that accounts with free units are cheaper than one", () => {
    const calls = { id: "calls", ...base, tiers: [{ upTo: null, unit: "0.09 CNY" }] }
    const cheap = reports([file, calls])[0]!
    expect([cheap.verdict, cheap.cover!.fen]).toEqual(["beaten", 9000])
    const free = {
      id: "calls",
      ...base,
      tiers: [
        { upTo: 100, unit: "0.00 CNY" },
        { upTo: null, unit: "0.50 CNY" }
      ]
    }
    const pooled = reports([file, free]).find(({ target }) => target === "calls")!
    expect([pooled.verdict, pooled.cover!.fen]).toEqual(["beaten", 0])
    const fair = {
      id: "calls",
      ...base,
      tiers: [
        { upTo: 100, unit: "0.50 CNY" },
        { upTo: null, unit: "0.20 CNY" }
      ]
    }
    expect(reports([file, fair]).map(({ verdict }) => verdict)).not.toContain("unbeaten")
  })

  it("refuses what it cannot attack, naming the field", () => {
    const field = (offers: ReadonlyArray<object>): string | undefined => {
      try {
        reports(offers)
      } catch (error) {
        if (error instanceof BadInput) return error.where?.field
        throw error
      }
      return undefined
    }
    expect(field([file, file])).toBe("offers.1.id")
    expect(field([{ ...file, rows: ["east"] }])).toBe("offers.0.rows")
    expect(field([{ id: "x", ...base }])).toBe("offers.0.price")
    expect(field([file, { ...file, id: "usd", price: "1.00 USD" }])).toBe("offers.1.price")
    expect(field([{ ...file, rho: 0 }])).toBe("offers.0.rho")
    expect(field([{ id: "c", ...base, tiers: [{ upTo: 5, unit: "1.00 CNY" }] }])).toBe("offers.0.tiers.0.upTo")
  })
})

describe("makeMenu", () => {
  const when = "2026-11-12T08:30:00.000Z"
  const keys = { region: ["n", "n", "s", "s"], choice: ["x", "y", "x", "y"] }
  const measures = [
    { name: "buyers", values: [40, 30, 20, 10], noiseVariance: 4 },
    { name: "spend", values: [900, 500, 300, 100], noiseVariance: 90 }
  ]
  const depth = aggregateDepth({ release: "rel_1", keys, counts: measures[0]!.values, measures }, when)
  const source = {
    product: "p",
    release: "rel_1",
    keys,
    measures: ["buyers", "spend"],
    depth,
    rows: releasedNumber(4, "row", "release:rel_1#rows", when, "rel_1")
  }

  it("offers the whole version first, then parts of it that no cover beats", () => {
    const menu = makeMenu(source, undefined, when)
    expect(menu.offers[0]).toMatchObject({
      id: "full",
      stratum: null,
      columns: ["region", "choice", "buyers", "spend"]
    })
    expect(menu.offers[0]!.bits.value).toBe(depth.bits.value)
    expect(menu.strata.map(({ value, rows }) => [value, rows.value])).toEqual([
      ["n", 2],
      ["s", 2]
    ])
    const priced = priceMenu(menu, sampleRequest.inputs, "v1", when)
    expect(priced.length).toBe(27)
    expect(new Set(attackMenu(priced).map(({ verdict }) => verdict))).toEqual(new Set(["safe"]))
  })

  it("takes declared offers, leaves off strata without rows, and refuses unknown columns", () => {
    const declared = [
      { offer: "north", rows: { region: "n" }, accuracy: 0.5 },
      { offer: "east", rows: { region: "e" } },
      { offer: "counts", columns: ["buyers"], factor: 0.9 }
    ]
    const menu = makeMenu(source, declared, when)
    expect(menu.offers.map(({ id }) => id)).toEqual(["full", "north", "counts"])
    const inputs = offerInputs(sampleRequest.inputs, menu, "counts")
    expect(inputs.policy.base.value).toBe(900_000)
    expect(offerInputs(sampleRequest.inputs, menu, "north").artefact.rho.value).toBe(0.017469 / 2)
    expect(() => offerInputs(sampleRequest.inputs, menu, "east")).toThrow(BadInput)
    expect(() => makeMenu(source, [{ offer: "x", columns: ["age"] }], when)).toThrow(BadInput)
    expect(() => makeMenu(source, [{ offer: "x", columns: ["region"] }], when)).toThrow(BadInput)
    expect(() => makeMenu(source, [{ offer: "x", rows: { buyers: 40 } }], when)).toThrow(BadInput)
  })

  it("lets a discount on a part be found out", () => {
    const declared = [
      { offer: "counts", columns: ["buyers"], factor: 0.2 },
      { offer: "spends", columns: ["spend"], factor: 0.2 }
    ]
    const priced = priceMenu(makeMenu(source, declared, when), sampleRequest.inputs, "v1", when)
    // Below the floor everything costs the same, so look where the formula decides.
    const inputs = {
      ...sampleRequest.inputs,
      policy: { ...sampleRequest.inputs.policy, floor: { ...sampleRequest.inputs.policy.floor, value: 1 } }
    }
    const lower = priceMenu(makeMenu(source, declared, when), inputs, "v1", when)
    expect(attackMenu(priced)[0]!.verdict).not.toBe("beaten")
    expect(attackMenu(lower)[0]!.verdict).toBe("beaten")
  })
})
