import type { BitSource } from "#core/random/BitSource.ts"
import { uniformInt } from "#core/random/uniformInt.ts"

import { bernoulliExpBig } from "./bernoulliExpBig.ts"

const LIMIT = 2 ** 53

/**
 * Draws true with probability exp(-a/b), exactly, on safe integers.
 *
 * A trial needs a uniform integer below b*k. The plain-number path holds while that stays within 2^53; a draw
 * that would pass it is decided by the BigInt twin from where it stands, so no probability is ever rounded.
 * @param a  non-negative safe integer
 * @param b  positive safe integer
 * @source   Canonne, Kamath, Steinke 2020 (arXiv 2004.00010), algorithm 1; sampler.proof.md
 */
export const bernoulliExp = (bits: BitSource, a: number, b: number): boolean => {
  let rest = a
  while (rest > b) {
    if (!unit(bits, 1, 1)) return false
    rest -= b
  }
  return unit(bits, rest, b)
}

/** exp(-a/b) for a <= b: the length of the run a/b, a/2b, a/3b, ... of successes is odd or even. */
const unit = (bits: BitSource, a: number, b: number): boolean => {
  let k = 1
  while (b * k <= LIMIT) {
    if (uniformInt(bits, b * k) >= a) return (k & 1) === 1
    k++
  }
  return bernoulliExpBig.from(bits, BigInt(a), BigInt(b), BigInt(k))
}
