import type { BitSource } from "#core/random/BitSource.ts"

import { bernoulliExp } from "./bernoulliExp.ts"
import { bernoulliExpBig } from "./bernoulliExpBig.ts"
import { discreteGaussianBig } from "./discreteGaussianBig.ts"
import { discreteLaplace } from "./discreteLaplace.ts"
import { Rational } from "./Rational.ts"

/** (2^26)^2 = 2^52: the square of a smaller miss is a safe integer. */
const MISS_LIMIT = 2 ** 26
const SAFE = 2 ** 53

/**
 * Prepares a sampler of the discrete Gaussian law Pr[y] proportional to exp(-y^2 / (2 sigma^2)), exact.
 *
 * The proposal is discrete Laplace with scale t. Every positive integer t gives the same law (sampler.proof.md); the
 * power of two next to sigma lets common factors of two cancel, so that variances made by `roundUpVariance` stay on
 * plain numbers up to sigma = 2^39. A draw that would leave them is decided in BigInt.
 * @param variance  sigma^2 > 0, at most 2^88 so that a draw is a safe integer
 * @throws          RangeError outside of that range: plans check it before
 * @source          Canonne, Kamath, Steinke 2020 (arXiv 2004.00010), algorithm 3
 */
export const gaussianSampler = (variance: Rational): ((bits: BitSource) => number) => {
  const { num: p, den: q } = variance
  if (p <= 0n || p / q > 1n << 88n) throw new RangeError("the variance of Gaussian noise must be in (0, 2^88]")
  const sigma = Math.sqrt(Number(p) / Number(q))
  const exponent = Math.max(0, Math.round(Math.log2(sigma)))
  const t = 1n << BigInt(exponent)
  const shared = sharedTwos(p, t)
  const a = p / shared
  const c = (t * q) / shared
  const divisor = 2n * a * q * t * (t / shared)
  if (exponent >= 40 || a > SAFE || c > SAFE || divisor > SAFE)
    return (bits) => Number(discreteGaussianBig(bits, variance))

  const scale = Rational(t)
  const [aFast, cFast, divisorFast] = [Number(a), Number(c), Number(divisor)]
  return (bits) => {
    for (;;) {
      const y = discreteLaplace(bits, scale)
      const size = Math.abs(y)
      const miss = Math.abs(size * cFast - aFast)
      const kept =
        miss < MISS_LIMIT
          ? bernoulliExp(bits, miss * miss, divisorFast)
          : bernoulliExpBig.draw(bits, (BigInt(size) * c - a) ** 2n, divisor)
      if (kept) return y
    }
  }
}

/** The largest power of two that divides both. */
const sharedTwos = (p: bigint, t: bigint): bigint => {
  let shared = 1n
  while (shared < t && (p & shared) === 0n) shared <<= 1n
  return shared
}
