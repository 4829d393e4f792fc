import type { BitSource } from "#core/random/BitSource.ts"
import { uniformBigInt } from "#core/random/uniformBigInt.ts"

/** exp(-a/b) for a <= b, entered at trial k after k - 1 successes. */
const from = (bits: BitSource, a: bigint, b: bigint, start: bigint): boolean => {
  let k = start
  while (uniformBigInt(bits, b * k) < a) k++
  return (k & 1n) === 1n
}

const draw = (bits: BitSource, a: bigint, b: bigint): boolean => {
  let rest = a
  while (rest > b) {
    if (!from(bits, 1n, 1n, 1n)) return false
    rest -= b
  }
  return from(bits, rest, b, 1n)
}

/**
 * Draws true with probability exp(-a/b), exactly, for integers of any size (`draw`), or goes on from trial k
 * of a draw that began on plain numbers (`from`, a <= b).
 * @source Canonne, Kamath, Steinke 2020 (arXiv 2004.00010), algorithm 1; sampler.proof.md
 */
export const bernoulliExpBig = { draw, from }
