import { describe, expect, it } from "@effect/vitest"
import { seededBits } from "#core/random/BitSource.ts"
import { dailyLimit, demandOn } from "#pricing/demand/demandOn.ts"
import type { DemandHistory } from "#pricing/demand/demandOn.ts"
import { demandTarget } from "#pricing/demand/demandTarget.ts"
import type { Vote } from "#pricing/demand/demandTarget.ts"
import { supplyFactor } from "#pricing/demand/supplyFactor.ts"
import { publicNumber } from "#pricing/evidence/publicNumber.ts"

const vote = (buyer: string, fit: number, at: string): Vote => ({
  buyer,
  fit: publicNumber(fit, "score", "fit", at),
  at
})
const many = (n: number, fit: number, at: string) => Array.from({ length: n }, (_, i) => vote(`b${i}`, fit, at))
const day = (n: number): string => new Date(Date.UTC(2026, 0, 1 + n)).toISOString().slice(0, 10)
const since = day(0)
const history = (votes: ReadonlyArray<Vote>): DemandHistory => ({ product: "p", votes, supply: [], since })

describe("demandTarget", () => {
  it("is 1 below ten verified buyers, whatever they declare", () => {
    expect(demandTarget(many(9, 0, day(1)), "p", day(5))).toMatchObject({ factor: { value: 1 }, voters: 9 })
    expect(demandTarget(many(10, 0, day(1)), "p", day(5))).toMatchObject({ factor: { value: 0.7 }, voters: 10 })
    expect(demandTarget(many(10, 100, day(1)), "p", day(5)).factor.value).toBeCloseTo(1.3, 12)
  })

  it("gives each buyer one vote, the latest, for 90 days", () => {
    const flood = [...many(10, 80, day(1)), ...Array.from({ length: 50 }, () => vote("b0", 0, day(2)))]
    const { factor, voters } = demandTarget(flood, "p", day(5))
    expect([voters, factor.value]).toEqual([10, 0.7 + 0.6 * 0.8])
    expect(demandTarget(many(10, 80, day(1)), "p", day(92)).voters).toBe(0)
  })

  it("counts a vote from the next day on, so that no price moves within a day", () => {
    const today = many(10, 100, `${day(3)}T08:00:00.000Z`)
    expect(demandTarget(today, "p", day(3)).voters).toBe(0)
    expect(demandTarget(today, "p", day(4)).voters).toBe(10)
  })
})

describe("demandOn", () => {
  it("walks towards its target by 5 % a day and stays there", () => {
    const votes = many(10, 100, day(1))
    expect(demandOn(history(votes), day(1)).value).toBe(1)
    expect(demandOn(history(votes), day(2)).value).toBeCloseTo(1.05, 12)
    expect(demandOn(history(votes), day(3)).value).toBeCloseTo(1.1025, 12)
    expect(demandOn(history(votes), day(12)).value).toBeCloseTo(1.3, 12)
    expect(demandOn(history([]), day(12)).value).toBe(1)
  })

  it("moves by scarcity too, on a public schedule and within the same limits", () => {
    const scarce = { ...history([]), supply: [{ day: day(5), factor: supplyFactor(0.2, day(5)) }] }
    expect(demandOn(scarce, day(4)).value).toBe(1)
    expect(demandOn(scarce, day(5)).value).toBeCloseTo(1.05, 12)
    expect(demandOn(scarce, day(9)).value).toBeCloseTo(1.1, 12)
    expect([1, 0.5, 0.4, 0.25, 0.1, 0].map((left) => supplyFactor(left, since).value)).toEqual([
      1, 1, 1.05, 1.05, 1.1, 1.2
    ])
  })

  it("never moves by more than 5 % a day nor leaves 0.7..1.3, over 2,000 days", () => {
    const bits = seededBits("demand")
    for (let trial = 0; trial < 20; trial++) {
      const votes = Array.from({ length: 40 }, () =>
        vote(`b${bits.u32() % 25}`, bits.u32() % 101, day(bits.u32() % 90))
      )
      let before = 1
      for (let n = 0; n < 100; n++) {
        const { value } = demandOn(history(votes), day(n))
        expect(value).toBeGreaterThanOrEqual(Math.max(0.7, before * (1 - dailyLimit)) - 1e-12)
        expect(value).toBeLessThanOrEqual(Math.min(1.3, before * (1 + dailyLimit)) + 1e-12)
        before = value
      }
    }
  })
})
