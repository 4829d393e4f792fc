import { describe, expect, it } from "@effect/vitest"
import { seededBits } from "#core/random/BitSource.ts"
import type { BitSource } from "#core/random/BitSource.ts"
import { bernoulliExp } from "#privacy/dp/sampler/bernoulliExp.ts"
import { bernoulliExpBig } from "#privacy/dp/sampler/bernoulliExpBig.ts"
import { discreteGaussianBig } from "#privacy/dp/sampler/discreteGaussianBig.ts"
import { discreteLaplace } from "#privacy/dp/sampler/discreteLaplace.ts"
import { discreteLaplaceBig } from "#privacy/dp/sampler/discreteLaplaceBig.ts"
import { gaussianSampler } from "#privacy/dp/sampler/gaussianSampler.ts"
import { Rational } from "#privacy/dp/sampler/Rational.ts"
import { roundUpVariance } from "#privacy/dp/sampler/roundUpVariance.ts"
import { chiSquareP } from "./chiSquare.ts"

/*
 * The bits are seeded, so a run is the same every time; the false-alarm rates are those over seeds: 1e-5 for each moment
 * (T2, z 4.417), 1e-6 for each fit (T3).
 */
const Z = 4.41717

type Draw = (bits: BitSource) => number
interface Case {
  readonly name: string
  readonly draw: Draw
  readonly weight: (y: number) => number
  /** the same law at another scale, which the fit must reject */
  readonly misfit: (factor: number) => (y: number) => number
  readonly reach: number
  readonly n: number
}

const laplaceWeight = (scale: number) => (y: number) => Math.exp(-Math.abs(y) / scale)
const gaussianWeight = (sigma: number) => (y: number) => Math.exp(-(y * y) / (2 * sigma * sigma))

const laplace = (name: string, scale: Rational, draw: Draw, n = 125_000): Case => {
  const b = Number(scale.num) / Number(scale.den)
  return { name, draw, weight: laplaceWeight(b), misfit: (f) => laplaceWeight(b * f), reach: Math.ceil(60 * b), n }
}
const gaussian = (name: string, variance: Rational, draw: Draw, n = 125_000): Case => {
  const sigma = Math.sqrt(Number(variance.num) / Number(variance.den))
  return {
    name,
    draw,
    weight: gaussianWeight(sigma),
    misfit: (f) => gaussianWeight(sigma * f),
    reach: Math.ceil(40 * sigma),
    n
  }
}

const cases: ReadonlyArray<Case> = [
  ...[Rational(1n), Rational(10n), Rational(20n, 3n), Rational(1000n)].map((scale) =>
    laplace(`Laplace ${scale.num}/${scale.den}`, scale, (bits) => discreteLaplace(bits, scale))
  ),
  laplace("Laplace 20/3 in BigInt", Rational(20n, 3n), (bits) => Number(discreteLaplaceBig(bits, Rational(20n, 3n)))),
  ...[Rational(1n, 4n), Rational(1n), Rational(25n), roundUpVariance(Rational(123_457n, 1000n)), Rational(10_000n)].map(
    (variance) => gaussian(`Gaussian ${variance.num}/${variance.den}`, variance, gaussianSampler(variance))
  ),
  gaussian(
    "Gaussian 123457/1000 off the dyadic grid",
    Rational(123_457n, 1000n),
    gaussianSampler(Rational(123_457n, 1000n))
  ),
  gaussian("Gaussian 25 in BigInt", Rational(25n), (bits) => Number(discreteGaussianBig(bits, Rational(25n))))
]

const normalised = (weight: (y: number) => number, reach: number) => {
  let total = 0
  for (let y = -reach; y <= reach; y++) total += weight(y)
  return (y: number) => weight(y) / total
}

describe.each(cases)("$name", (own) => {
  const bits = seededBits(`sampler ${own.name}`)
  const draws = Array.from({ length: own.n }, () => own.draw(bits))
  const probability = normalised(own.weight, own.reach)
  let variance = 0
  let fourth = 0
  for (let y = -own.reach; y <= own.reach; y++) {
    variance += y * y * probability(y)
    fourth += y ** 4 * probability(y)
  }

  it("has the mean and variance of its law (T2, n 125,000, z 4.417)", () => {
    const mean = draws.reduce((sum, y) => sum + y, 0) / own.n
    const second = draws.reduce((sum, y) => sum + y * y, 0) / own.n
    expect(Math.abs(mean)).toBeLessThan(Z * Math.sqrt(variance / own.n))
    expect(Math.abs(second - variance)).toBeLessThan(Z * Math.sqrt((fourth - variance ** 2) / own.n))
  })

  it("fits its law and not a law at 0.7 or 1.3 of its scale (T3, n 100,000, p 1e-6)", () => {
    const some = draws.slice(0, 100_000)
    expect(chiSquareP(some, probability, own.reach)).toBeGreaterThan(1e-6)
    for (const factor of [0.7, 1.3]) {
      expect(chiSquareP(some, normalised(own.misfit(factor), own.reach), own.reach)).toBeLessThan(1e-6)
    }
  })
})

describe("Bernoulli(exp(-a/b))", () => {
  it.each([
    [0, 1],
    [1, 1],
    [1, 3],
    [7, 2],
    [2 ** 52, 2 ** 52 + 1]
  ])("is true at the rate exp(-%d/%d) on numbers and on BigInt (z 4.417)", (a, b) => {
    const p = Math.exp(-a / b)
    const n = 40_000
    const bits = seededBits(`bernoulli ${a}/${b}`)
    const draws = [() => bernoulliExp(bits, a, b), () => bernoulliExpBig.draw(bits, BigInt(a), BigInt(b))]
    for (const draw of draws) {
      let hits = 0
      for (let i = 0; i < n; i++) if (draw()) hits++
      expect(Math.abs(hits / n - p)).toBeLessThanOrEqual(Z * Math.sqrt((p * (1 - p)) / n))
    }
  })
})

describe("large noise", () => {
  it("keeps its spread where the intermediates pass 2^53 (sigma 2^43, n 3,000, z 4.417)", () => {
    const variance = Rational(1n << 86n)
    const draw = gaussianSampler(variance)
    const bits = seededBits("large")
    let second = 0
    for (let i = 0; i < 3000; i++) second += (draw(bits) / 2 ** 43) ** 2
    expect(Math.abs(second / 3000 - 1)).toBeLessThan(Z * Math.sqrt(2 / 3000))
  })

  it("is refused where a draw could leave the exact integers", () => {
    expect(() => gaussianSampler(Rational((1n << 88n) + (1n << 88n)))).toThrow(RangeError)
    expect(() => gaussianSampler(Rational(0n))).toThrow(RangeError)
    expect(() => discreteLaplace(seededBits(1), Rational(0n))).toThrow(RangeError)
  })
})

describe("roundUpVariance", () => {
  it.each([
    [1n, 3n],
    [123_456_789n, 1000n],
    [3n * 10n ** 20n, 7n],
    [1n, 10n ** 12n]
  ])("never lowers %d/%d and raises it by at most one part in 2^18", (num, den) => {
    const rounded = roundUpVariance(Rational(num, den))
    expect(rounded.num * den >= num * rounded.den).toBe(true)
    expect((rounded.num * den - num * rounded.den) << 18n <= num * rounded.den).toBe(true)
  })
})
