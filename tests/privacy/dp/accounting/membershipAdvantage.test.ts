import { describe, expect, it } from "@effect/vitest"
import { membershipAdvantage } from "#privacy/dp/accounting/membershipAdvantage.ts"

/** The standard normal distribution function, by its power series; good to 1e-9 for small arguments. */
function normal(x: number): number {
  let [term, sum] = [x, x]
  for (let n = 1; n < 60; n++) {
    term *= (-x * x) / (2 * n)
    sum += term / (2 * n + 1)
  }
  return 0.5 + sum / Math.sqrt(2 * Math.PI)
}

describe("the advantage of an attack", () => {
  it("is never below what the best test against Gaussian noise of the same loss has", () => {
    // Noise of deviation 1 on a difference of mu is rho = mu^2 / 2; the best test has the advantage 2 Phi(mu / 2) - 1.
    for (const mu of [0.01, 0.05, 0.1, 0.22, 0.4, 0.8, 1.2]) {
      const best = 2 * normal(mu / 2) - 1
      const bound = membershipAdvantage((mu * mu) / 2, 0)
      expect(bound).toBeGreaterThanOrEqual(best)
      // And not far from it: 1.25 times, by the constant of Pinsker's inequality.
      expect(bound).toBeLessThan(1.4 * best)
    }
  })

  it("is nothing without loss, at most certain, and counts delta in full", () => {
    expect(membershipAdvantage(0, 0)).toBe(0)
    expect(membershipAdvantage(8, 0)).toBe(1)
    expect(membershipAdvantage(0.02, 0.01)).toBeCloseTo(0.11, 12)
  })
})
