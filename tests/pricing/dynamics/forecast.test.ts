import { describe, expect, it } from "@effect/vitest"
import { BadInput } from "#core/BadInput.ts"
import { forecast } from "#pricing/dynamics/forecast.ts"
import { whatIf } from "#pricing/dynamics/whatIf.ts"
import { makeQuote } from "#pricing/quote/makeQuote.ts"
import { sampleRequest } from "../quote/sampleQuote.ts"

const { inputs, issuedAt } = sampleRequest
const today = issuedAt.slice(0, 10)
const lower = { ...inputs, policy: { ...inputs.policy, floor: { ...inputs.policy.floor, value: 1 } } }

describe("forecast", () => {
  it("starts at today's list price and never rises while the data only ages", () => {
    const path = forecast(lower, today, { days: 90 })
    expect(path.length).toBe(91)
    expect(path[0]).toEqual({
      day: today,
      fen: makeQuote({ ...sampleRequest, inputs: lower }).price.minor,
      demand: 1.06
    })
    for (let n = 1; n < path.length; n++) expect(path[n]!.fen).toBeLessThanOrEqual(path[n - 1]!.fen)
    expect(path.at(-1)!.fen).toBeLessThan(path[0]!.fen)
    // What the forecast says of a day is what the price function says on that day, if demand stays.
    const later = forecast(lower, path[30]!.day, { days: 0 })
    expect(later[0]!.fen).toBe(path[30]!.fen)
  })

  it("jumps back up when a version is due, and follows demand by 5 % a day up to its limit", () => {
    const fresh = forecast(lower, today, { days: 60, everyDays: 30 })
    expect(fresh[30]!.fen).toBeGreaterThan(fresh[29]!.fen)
    const path = forecast(inputs, today, { days: 90, demandTarget: 9 })
    expect(path[1]!.demand).toBeCloseTo(1.113, 12)
    expect(path.at(-1)!.demand).toBe(1.3)
    expect(Math.max(...path.map(({ demand }) => demand))).toBe(1.3)
  })
})

describe("whatIf", () => {
  it("moves the price as its terms say, and marks what was supposed", () => {
    const fen = (change: object) => forecast(whatIf(lower, change, issuedAt), today, { days: 0 })[0]!.fen
    const now = fen({})
    expect(fen({ base: 2_000_000 })).toBeGreaterThanOrEqual(2 * now - 1)
    expect(fen({ halfLife: 300 })).toBeGreaterThan(now)
    expect(fen({ floor: 9_999_999 })).toBe(9_999_999)
    expect(fen({ rho: 0.001 })).toBeLessThan(now)
    expect(whatIf(inputs, { demand: 1.2 }, issuedAt).demand).toMatchObject({ value: 1.2, where: "what-if#demand" })
  })

  it("refuses what is outside of the published limits", () => {
    expect(() => whatIf(inputs, { demand: 1.4 }, issuedAt)).toThrow(BadInput)
    expect(() => whatIf(inputs, { base: -1 }, issuedAt)).toThrow(BadInput)
    expect(() => whatIf(inputs, { beta: 1.5 }, issuedAt)).toThrow(BadInput)
  })
})
