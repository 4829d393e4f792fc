import { describe, expect, it } from "@effect/vitest"
import { seededBits } from "#core/random/BitSource.ts"
import { approximateQuantiles } from "#privacy/dp/quantile/approximateQuantiles.ts"
import { Rational } from "#privacy/dp/sampler/Rational.ts"
import { exponentialMechanism } from "#privacy/dp/selection/exponentialMechanism.ts"

const best = (misses: ReadonlyArray<number>): number => misses.indexOf(Math.min(...misses))

describe("approximateQuantiles", () => {
  it("finds the quantiles of counted values when choices are exact", () => {
    const counts = Array<number>(101).fill(1)
    expect(approximateQuantiles(counts, [250, 500, 750], 1000, best)).toEqual([25, 50, 75])
    expect(approximateQuantiles([0, 0, 9, 0], [500], 1000, best)).toEqual([2])
  })

  it("returns rising candidates on empty, single and extreme data", () => {
    for (const counts of [[0, 0, 0], [5], [0, 0, 7], [7, 0, 0]]) {
      const places = approximateQuantiles(counts, [100, 500, 900], 1000, best)
      expect([...places].sort((a, b) => a - b)).toEqual(places)
      for (const place of places) expect(place).toBeLessThan(counts.length)
    }
  })

  it("never lets one subject move a miss further than the sensitivity it states", () => {
    const bits = seededBits("quantile neighbours")
    const seen: Array<readonly [ReadonlyArray<number>, number]> = []
    for (let round = 0; round < 40; round++) {
      const counts = Array.from({ length: 8 }, () => bits.u32() % 5)
      counts[3]!++
      const without = counts.map((count, c) => (c === 3 ? count - 1 : count))
      const record = (over: ReadonlyArray<number>) => {
        seen.length = 0
        approximateQuantiles(over, [300, 900], 1000, (misses, sensitivity) => {
          seen.push([misses, sensitivity])
          return Math.min(misses.length - 1, 4)
        })
        return [...seen]
      }
      const [a, b] = [record(counts), record(without)]
      let differing = 0
      a.forEach(([misses, sensitivity], k) => {
        const moved = Math.max(...misses.map((miss, c) => Math.abs(miss - b[k]![0][c]!)))
        expect(moved).toBeLessThanOrEqual(sensitivity)
        if (moved > 0) differing++
      })
      // two quantiles: the first choice and one of its sides at most, as depth 2 says
      expect(differing).toBeLessThanOrEqual(2)
    }
  })

  it("lies near the true median at a usual loss (2,000 values, eps 1, 200 seeded runs)", () => {
    const bits = seededBits("median")
    const counts = Array<number>(200).fill(10)
    for (let run = 0; run < 200; run++) {
      const [place] = approximateQuantiles(counts, [500], 1000, (misses, sensitivity) =>
        exponentialMechanism(bits, misses, sensitivity, Rational(1n))
      )
      expect(Math.abs(place! - 99)).toBeLessThan(6)
    }
  })
})
