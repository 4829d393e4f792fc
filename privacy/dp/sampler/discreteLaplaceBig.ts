import type { BitSource } from "#core/random/BitSource.ts"
import { uniformBigInt } from "#core/random/uniformBigInt.ts"

import { bernoulliExpBig } from "./bernoulliExpBig.ts"
import type { Rational } from "./Rational.ts"

/**
 * Draws discrete Laplace noise of any rational scale in integers of any size; same law as `discreteLaplace`.
 * @source Canonne, Kamath, Steinke 2020 (arXiv 2004.00010), algorithm 2; sampler.proof.md
 */
export const discreteLaplaceBig = (bits: BitSource, scale: Rational): bigint => {
  const { num: t, den: s } = scale
  for (;;) {
    const u = uniformBigInt(bits, t)
    if (!bernoulliExpBig.draw(bits, u, t)) continue
    let v = 0n
    while (bernoulliExpBig.draw(bits, 1n, 1n)) v++
    const y = (u + t * v) / s
    const negative = (bits.u32() & 1) === 1
    if (negative && y === 0n) continue
    return negative ? -y : y
  }
}
