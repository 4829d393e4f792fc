import { describe, expect, it } from "@effect/vitest"
import { publicNumber } from "#pricing/evidence/publicNumber.ts"
import { meanTimeliness } from "#pricing/ttl/meanTimeliness.ts"
import { timeliness } from "#pricing/ttl/timeliness.ts"
import { ttlScore } from "#pricing/ttl/ttlScore.ts"

const decay = { halfLifeDays: 30, graceDays: 1, archival: 0.2 }

describe("timeliness", () => {
  it("gives the golden values of pricing.md", () => {
    expect(timeliness(10, decay)).toBeCloseTo(0.849802, 6)
    expect(timeliness(365, decay)).toBeCloseTo(0.200178, 6)
  })

  it("is 1 within the grace and for rows dated in the future, and halves what fades after a half-life", () => {
    expect(timeliness(-5, decay)).toBe(1)
    expect(timeliness(1, decay)).toBe(1)
    expect(timeliness(31, decay)).toBeCloseTo(0.6, 15)
  })

  it("never rises with age and never falls below the archival share", () => {
    let previous = 1
    for (let age = 0; age < 20_000; age += 0.5) {
      const now = timeliness(age, decay)
      expect(now <= previous && now >= 0.2).toBe(true)
      previous = now
    }
  })

  it("refuses NaN and parameters outside their range", () => {
    expect(() => timeliness(Number.NaN, decay)).toThrow(RangeError)
    expect(() => timeliness(1, { ...decay, halfLifeDays: 0 })).toThrow(RangeError)
    expect(() => timeliness(1, { ...decay, graceDays: -1 })).toThrow(RangeError)
    expect(() => timeliness(1, { ...decay, archival: 1.1 })).toThrow(RangeError)
  })
})

describe("meanTimeliness", () => {
  it("gives the golden values of pricing.md", () => {
    expect(meanTimeliness(7, decay)).toBeCloseTo(0.954592, 6)
    expect(meanTimeliness(30, decay)).toBeCloseTo(0.790256, 6)
  })

  it("agrees with the average of T over the period, by Simpson's rule", () => {
    for (const [update, h, s, phi] of [
      [0.5, 30, 1, 0.2],
      [90, 7, 3, 0],
      [365, 400, 0, 0.5],
      [30, 1, 30, 0.9]
    ] as const) {
      const at = { halfLifeDays: h, graceDays: s, archival: phi }
      // The kink at s stays on a node, where Simpson's rule does not see it.
      const integral = simpson(0, Math.min(s, update), at) + simpson(Math.min(s, update), update, at)
      expect(meanTimeliness(update, at)).toBeCloseTo(integral / update, 9)
    }
  })

  it("keeps its digits where the period is a tiny part of the half-life", () => {
    expect(meanTimeliness(1e-9, { halfLifeDays: 1e9, graceDays: 0, archival: 0 })).toBeCloseTo(1, 15)
  })

  it("refuses a period of zero", () => {
    expect(() => meanTimeliness(0, decay)).toThrow(RangeError)
  })
})

describe("ttlScore", () => {
  it("is timeliness times attainment, out of 100", () => {
    const days = publicNumber(10, "day", "calendar", "2026-11-22")
    const half = publicNumber(0.5, "share", "deliveries", "2026-11-22")
    expect(ttlScore(days, half, decay)).toBeCloseTo(42.4901, 4)
    expect(() => ttlScore(days, publicNumber(1.5, "share", "deliveries", "2026-11-22"), decay)).toThrow(RangeError)
  })
})

function simpson(from: number, to: number, at: typeof decay): number {
  const steps = 2000
  const width = (to - from) / steps
  if (width === 0) return 0
  let total = timeliness(from, at) + timeliness(to, at)
  for (let i = 1; i < steps; i++) total += timeliness(from + i * width, at) * (i % 2 === 1 ? 4 : 2)
  return (total * width) / 3
}
