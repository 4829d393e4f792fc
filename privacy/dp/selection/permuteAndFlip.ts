import type { BitSource } from "#core/random/BitSource.ts"
import { uniformInt } from "#core/random/uniformInt.ts"
import { bernoulliExpBig } from "../sampler/bernoulliExpBig.ts"
import type { Rational } from "../sampler/Rational.ts"

/**
 * Picks the place of one of the best scores; eps-DP if one subject moves each score by at most `sensitivity`.
 *
 * Candidates in random order, each taken with probability exp(-eps (best - score) / (2 sensitivity)), exactly: never
 * worse than the exponential mechanism.
 * @param scores  integers, at least one
 * @returns       0-based place
 * @source        McKenna, Sheldon 2020 (arXiv 2010.12603), algorithm 1; selection.proof.md
 */
export function permuteAndFlip(
  bits: BitSource,
  scores: ReadonlyArray<number>,
  sensitivity: number,
  eps: Rational
): number {
  if (scores.length === 0) throw new RangeError("there is nothing to choose from")
  const best = scores.reduce((a, b) => Math.max(a, b))
  const order = Uint32Array.from({ length: scores.length }, (_, i) => i)
  for (let left = order.length; left > 0; left--) {
    const at = uniformInt(bits, left)
    const candidate = order[at]!
    order[at] = order[left - 1]!
    const miss = BigInt(best - scores[candidate]!) * eps.num
    if (bernoulliExpBig.draw(bits, miss, 2n * BigInt(sensitivity) * eps.den)) return candidate
  }
  throw new RangeError("unreachable: the best candidate is always taken")
}
