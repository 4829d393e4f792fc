import type { BitSource } from "#core/random/BitSource.ts"
import { uniformInt } from "#core/random/uniformInt.ts"
import { bernoulliExp } from "../sampler/bernoulliExp.ts"
import { bernoulliExpBig } from "../sampler/bernoulliExpBig.ts"
import type { Rational } from "../sampler/Rational.ts"

/**
 * Draws a place with probability proportional to exp(-eps miss / (2 sensitivity)), exactly, by rejection.
 *
 * eps-DP, and eps^2/8-zCDP, if one subject moves each miss by at most `sensitivity`.
 * @param misses  integers >= 0: how far each candidate is from the best conceivable one
 * @throws        RangeError if there is no candidate: a bug in the caller
 * @source        McSherry, Talwar 2007; loss in zCDP: Cesar, Rogers 2020 (arXiv 2004.07223); selection.proof.md
 */
export function exponentialMechanism(
  bits: BitSource,
  misses: ReadonlyArray<number>,
  sensitivity: number,
  eps: Rational
): number {
  if (misses.length === 0) throw new RangeError("there is nothing to choose from")
  // The best candidate there is becomes 0, which changes no ratio and makes rejection fast.
  const least = misses.reduce((a, b) => Math.min(a, b))
  const divisor = 2n * BigInt(sensitivity) * eps.den
  const plain = divisor <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(divisor) : undefined
  // Exponents as whole and rest, each taken apart once: most proposals fail on the whole, on plain numbers.
  const wholes = new Float64Array(misses.length).fill(-1)
  const rests: Array<bigint> = []
  for (;;) {
    const place = uniformInt(bits, misses.length)
    if (wholes[place]! < 0) {
      const exponent = BigInt(misses[place]! - least) * eps.num
      wholes[place] = Number(exponent / divisor)
      rests[place] = exponent % divisor
    }
    if (!wholePart(bits, wholes[place]!)) continue
    const rest = rests[place]!
    if (plain === undefined ? bernoulliExpBig.draw(bits, rest, divisor) : bernoulliExp(bits, Number(rest), plain))
      return place
  }
}

/** True with probability e^-whole: so many draws of e^-1, all of them true. */
function wholePart(bits: BitSource, whole: number): boolean {
  for (let i = 0; i < whole; i++) if (!bernoulliExp(bits, 1, 1)) return false
  return true
}
