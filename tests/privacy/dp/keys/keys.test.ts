import { describe, expect, it } from "@effect/vitest"
import { seededBits } from "#core/random/BitSource.ts"
import { discreteGaussianTail } from "#privacy/dp/gaussian/discreteGaussianTail.ts"
import { noiseHalfWidth } from "#privacy/dp/gaussian/noiseHalfWidth.ts"
import { keepProbability } from "#privacy/dp/keys/keepProbability.ts"
import { keyThreshold } from "#privacy/dp/keys/keyThreshold.ts"
import { gaussianSampler } from "#privacy/dp/sampler/gaussianSampler.ts"
import { Rational } from "#privacy/dp/sampler/Rational.ts"

describe("keyThreshold", () => {
  it.each([
    { delta: 5e-7, l0: 1, linf: 1, variance: 64 },
    { delta: 1e-9, l0: 5, linf: 1, variance: 400 },
    { delta: 0.3, l0: 3, linf: 2, variance: 1 },
    { delta: 1e-12, l0: 100, linf: 1, variance: 0.3 }
  ])("is the smallest integer that keeps a lone subject's key with at most its share of delta: %o", (selection) => {
    const tau = keyThreshold(selection)
    const share = -Math.expm1(Math.log1p(-selection.delta) / selection.l0)
    const { atLeast } = discreteGaussianTail(selection.variance)
    expect(atLeast(tau - selection.linf)).toBeLessThanOrEqual(share)
    expect(atLeast(tau - 1 - selection.linf)).toBeGreaterThan(share)
  })

  it("lies above the continuous formula where that one leaks more than delta", () => {
    // sigma 1, delta 1e-5: the continuous tau 5.26 rounds down to 5, at which the exact tail is 13.5 times delta.
    const { atLeast } = discreteGaussianTail(1)
    expect(atLeast(5 - 1)).toBeGreaterThan(13e-5)
    expect(keyThreshold({ delta: 1e-5, l0: 1, linf: 1, variance: 1 })).toBe(6)
  })

  it("keeps a lone subject's key at the rate the exact tail says (n 100,000, z 4.417: false alarm 1e-5)", () => {
    const tau = keyThreshold({ delta: 0.3, l0: 1, linf: 1, variance: 25 })
    const p = discreteGaussianTail(25).atLeast(tau - 1)
    const bits = seededBits("lone")
    const draw = gaussianSampler(Rational(25n))
    let kept = 0
    for (let i = 0; i < 100_000; i++) if (1 + draw(bits) >= tau) kept++
    expect(p).toBeLessThanOrEqual(0.3)
    expect(Math.abs(kept / 100_000 - p)).toBeLessThan(4.41717 * Math.sqrt((p * (1 - p)) / 100_000))
  })
})

describe("keepProbability", () => {
  it("keeps one subject's key in 0.3 +- 0.01 of 100,000 trials at eps ln 2, delta 0.3 (T6, false alarm 1e-11)", () => {
    const pi = keepProbability(Math.LN2, 0.3, 1, 1)
    const bits = seededBits("T6")
    let kept = 0
    for (let i = 0; i < 100_000; i++) if (bits.u32() < pi * 2 ** 32) kept++
    expect(Math.abs(kept / 100_000 - 0.3)).toBeLessThan(0.01)
  })

  it("never falls as subjects are added, and is 0 for none", () => {
    let before = keepProbability(0.5, 1e-3, 2, 0)
    expect(before).toBe(0)
    for (let n = 1; n < 60; n++) {
      const pi = keepProbability(0.5, 1e-3, 2, n)
      expect(pi).toBeGreaterThanOrEqual(before)
      expect(pi).toBeLessThanOrEqual(1)
      before = pi
    }
  })
})

describe("noiseHalfWidth", () => {
  it.each([1, 64, 1e4])("is the smallest that 95 %% of the draws of variance %d stay within", (variance) => {
    const h = noiseHalfWidth(variance, 0.95)
    const { atLeast } = discreteGaussianTail(variance)
    expect(1 - 2 * atLeast(h + 1)).toBeGreaterThanOrEqual(0.95)
    expect(1 - 2 * atLeast(h)).toBeLessThan(0.95)
  })

  it("is at least 1.96 sigma, rounded up, where the continuous law serves", () => {
    expect(noiseHalfWidth(1e10, 0.95)).toBeGreaterThanOrEqual(195_997)
    expect(noiseHalfWidth(1e10, 0.95)).toBeLessThanOrEqual(195_999)
  })
})
