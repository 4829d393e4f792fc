import type { BitSource } from "#core/random/BitSource.ts"

import { bernoulliExpBig } from "./bernoulliExpBig.ts"
import { discreteLaplaceBig } from "./discreteLaplaceBig.ts"
import { Rational } from "./Rational.ts"

const floorSqrt = (n: bigint): bigint => {
  if (n < 2n) return n
  let x = 1n << BigInt((n.toString(2).length + 1) >> 1)
  for (;;) {
    const next = (x + n / x) >> 1n
    if (next >= x) return x
    x = next
  }
}

/**
 * Draws discrete Gaussian noise of any rational variance in integers of any size; same law as `gaussianSampler`.
 * @param variance  sigma^2 > 0 of the law Pr[y] proportional to exp(-y^2 / (2 sigma^2))
 * @source Canonne, Kamath, Steinke 2020 (arXiv 2004.00010), algorithm 3; sampler.proof.md
 */
export const discreteGaussianBig = (bits: BitSource, variance: Rational): bigint => {
  const { num: p, den: q } = variance
  const t = floorSqrt(p / q) + 1n
  const scale = Rational(t)
  for (;;) {
    const y = discreteLaplaceBig(bits, scale)
    const size = y < 0n ? -y : y
    const miss = size * t * q - p
    if (bernoulliExpBig.draw(bits, miss * miss, 2n * p * q * t * t)) return y
  }
}
