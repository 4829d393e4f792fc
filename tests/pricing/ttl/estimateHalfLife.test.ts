import { describe, expect, it } from "@effect/vitest"
import { seededBits } from "#core/random/BitSource.ts"
import { publicNumber } from "#pricing/evidence/publicNumber.ts"
import { estimateHalfLife } from "#pricing/ttl/estimateHalfLife.ts"
import type { UsageAtAge } from "#pricing/ttl/estimateHalfLife.ts"

const when = "2026-11-22T00:00:00.000Z"
const otherwise = publicNumber(30, "day", "default", when)
const events = (value: number) => publicNumber(value, "event", "meter", when)
const decaying = (h: number, perDay: number, noise: (mean: number) => number = (mean) => mean): Array<UsageAtAge> =>
  Array.from({ length: 60 }, (_, ageDays) => ({
    ageDays,
    events: events(noise(perDay * 2 ** (-ageDays / h))),
    exposureDays: 1
  }))

describe("estimateHalfLife", () => {
  it("finds the half-life of exact decay, whatever the exposure", () => {
    const found = estimateHalfLife(decaying(20, 100), otherwise, when)
    expect(found.from).toBe("usage")
    expect(found.days.value).toBeCloseTo(20, 9)
    const twice = decaying(20, 100).map((one, i) =>
      i % 2 === 0 ? one : { ...one, events: events(2 * one.events.value), exposureDays: 2 }
    )
    expect(estimateHalfLife(twice, otherwise, when).days.value).toBeCloseTo(20, 9)
  })

  it("covers the truth in most of 200 Poisson meters (95 % intervals; fewer than 180 has a chance below 1e-4)", () => {
    const bits = seededBits("half-life")
    const poisson = (mean: number): number => {
      const limit = Math.exp(-mean)
      let [k, product] = [0, 1]
      for (;;) {
        product *= (bits.u32() + 0.5) / 2 ** 32
        if (product <= limit) return k
        k++
      }
    }
    let covered = 0
    for (let trial = 0; trial < 200; trial++) {
      const { interval } = estimateHalfLife(decaying(25, 40, poisson), otherwise, when)
      if (interval !== undefined && interval.low <= 25 && (interval.high ?? Infinity) >= 25) covered++
    }
    expect(covered).toBeGreaterThanOrEqual(180)
  })

  it("keeps the default below 200 events, below three ages, and where use does not fall", () => {
    expect(estimateHalfLife(decaying(20, 5), otherwise, when)).toMatchObject({
      from: "too-few-events",
      days: otherwise
    })
    expect(estimateHalfLife(decaying(20, 500).slice(0, 2), otherwise, when).from).toBe("too-few-ages")
    const steady = decaying(1e12, 10).map((one) => ({ ...one, events: events(10) }))
    expect(estimateHalfLife(steady, otherwise, when)).toMatchObject({ from: "no-decay", events: 600 })
    expect(estimateHalfLife([], otherwise, when)).toMatchObject({ from: "too-few-events", events: 0 })
  })
})
