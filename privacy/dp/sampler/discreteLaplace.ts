import type { BitSource } from "#core/random/BitSource.ts"

import { bernoulliExp } from "./bernoulliExp.ts"
import { discreteLaplaceBig } from "./discreteLaplaceBig.ts"
import { Rational } from "./Rational.ts"
import { uniformInt } from "#core/random/uniformInt.ts"

/** Above this numerator the plain-number path could pass 2^53 with a probability worth naming. */
const FAST = 2 ** 40

/**
 * Draws Y with Pr[Y = y] proportional to exp(-|y| / scale), exactly.
 *
 * With scale = t/s and t < 2^40 an intermediate passes 2^53 only after 8,192 successes of probability 1/e in a row.
 * @param scale  sensitivity / eps in the unit of the counts, > 0
 * @returns      an integer, possibly negative
 * @throws       RangeError if scale is 0: a bug in the caller
 * @source       Canonne, Kamath, Steinke 2020 (arXiv 2004.00010), algorithm 2; sampler.proof.md
 */
export const discreteLaplace = (bits: BitSource, scale: Rational): number => {
  if (scale.num === 0n) throw new RangeError("the scale of Laplace noise must be positive")
  if (scale.num >= FAST || scale.den >= FAST) return Number(discreteLaplaceBig(bits, scale))
  const t = Number(scale.num)
  const s = Number(scale.den)
  for (;;) {
    const u = uniformInt(bits, t)
    if (!bernoulliExp(bits, u, t)) continue
    let v = 0
    while (bernoulliExp(bits, 1, 1)) v++
    const y = Math.floor((u + t * v) / s)
    const negative = (bits.u32() & 1) === 1
    // Zero has one sign only; without the restart it would be twice as likely.
    if (negative && y === 0) continue
    return negative ? -y : y
  }
}
