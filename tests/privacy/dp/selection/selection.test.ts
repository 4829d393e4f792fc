import { describe, expect, it } from "@effect/vitest"
import { seededBits } from "#core/random/BitSource.ts"
import { Rational } from "#privacy/dp/sampler/Rational.ts"
import { exponentialMechanism } from "#privacy/dp/selection/exponentialMechanism.ts"
import { permuteAndFlip } from "#privacy/dp/selection/permuteAndFlip.ts"

const n = 40_000
const shares = (draw: () => number, size: number): ReadonlyArray<number> => {
  const counts = Array<number>(size).fill(0)
  for (let i = 0; i < n; i++) counts[draw()]!++
  return counts.map((count) => count / n)
}
/** z 4.417: false alarm 1e-5 for each share; bits are seeded. */
const near = (found: number, p: number): void =>
  expect(Math.abs(found - p)).toBeLessThanOrEqual(4.41717 * Math.sqrt((p * (1 - p)) / n))

describe("the exponential mechanism", () => {
  it("draws each candidate in proportion to e^(-eps miss / 2D)", () => {
    const bits = seededBits("exponential")
    const misses = [7, 9, 8, 7]
    const raw = misses.map((miss) => Math.exp((-1.5 * miss) / 4))
    const sum = raw.reduce((a, b) => a + b)
    const found = shares(() => exponentialMechanism(bits, misses, 2, Rational(3n, 2n)), 4)
    found.forEach((share, i) => near(share, raw[i]! / sum))
  })

  it("treats an empty list as a bug", () => {
    expect(() => exponentialMechanism(seededBits(1), [], 1, Rational(1n))).toThrow()
  })
})

describe("permute and flip", () => {
  it("has its law on three candidates, and is never worse than the exponential mechanism", () => {
    const bits = seededBits("flip")
    const scores = [10, 8, 8]
    const p = Math.exp(-1)
    // The best comes first, second or third in the order; those before it must have been passed over.
    const best = (1 + (1 - p) + (1 - p) ** 2) / 3
    const found = shares(() => permuteAndFlip(bits, scores, 1, Rational(1n)), 3)
    near(found[0]!, best)
    near(found[1]!, (1 - best) / 2)
    expect(best).toBeGreaterThan(1 / (1 + 2 * p))
  })

  it("returns the only candidate, and one of equals", () => {
    expect(permuteAndFlip(seededBits(1), [-5], 1, Rational(1n))).toBe(0)
    const bits = seededBits("equals")
    near(shares(() => permuteAndFlip(bits, [3, 3], 1, Rational(1n)), 2)[0]!, 0.5)
  })
})
