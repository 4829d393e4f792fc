import type { BitSource } from "#core/random/BitSource.ts"
import { uniformBigInt } from "#core/random/uniformBigInt.ts"
import { bernoulliExpBig } from "../sampler/bernoulliExpBig.ts"
import type { Rational } from "../sampler/Rational.ts"

/**
 * Draws a place with probability proportional to weight times exp(-eps miss / (2 sensitivity)), exactly, by rejection.
 *
 * eps-DP, and eps^2/8-zCDP, if one subject moves each miss by at most `sensitivity`; weights are public.
 * @param misses       integers >= 0: how far each candidate is from the best conceivable one
 * @param weights      positive integers: how many equal candidates stand behind each
 * @throws             RangeError if there is no candidate: a bug in the caller
 * @source             McSherry, Talwar 2007; loss in zCDP: Cesar, Rogers 2020 (arXiv 2004.07223); selection.proof.md
 */
export function exponentialMechanism(
  bits: BitSource,
  misses: ReadonlyArray<number>,
  weights: ReadonlyArray<number>,
  sensitivity: number,
  eps: Rational
): number {
  const ends: Array<bigint> = []
  let total = 0n
  for (const weight of weights) ends.push((total += BigInt(weight)))
  if (total === 0n) throw new RangeError("there is nothing to choose from")
  // The best candidate there is becomes 0, which changes no ratio and makes rejection fast.
  const least = misses.reduce((a, b) => Math.min(a, b))
  for (;;) {
    const place = find(ends, uniformBigInt(bits, total))
    const miss = BigInt(misses[place]! - least) * eps.num
    if (bernoulliExpBig.draw(bits, miss, 2n * BigInt(sensitivity) * eps.den)) return place
  }
}

/** The first place whose end lies beyond u. */
function find(ends: ReadonlyArray<bigint>, u: bigint): number {
  let [low, high] = [0, ends.length - 1]
  while (low < high) {
    const middle = (low + high) >> 1
    if (ends[middle]! > u) high = middle
    else low = middle + 1
  }
  return low
}
