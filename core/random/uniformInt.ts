import type { BitSource } from "./BitSource.ts"

const two32 = 4_294_967_296

/**
 * A uniform integer in 0..n-1, exact by rejection.
 *
 * @param n  1 <= n <= 2^53
 * @throws   RangeError if n is outside: a bug in the caller
 */
export function uniformInt(bits: BitSource, n: number): number {
  if (!Number.isInteger(n) || n < 1 || n > 2 ** 53) throw new RangeError(`uniformInt: n = ${n}`)
  if (n <= two32) {
    const limit = two32 - (two32 % n)
    for (;;) {
      const x = bits.u32()
      if (x < limit) return x % n
    }
  }
  const limit = 2 ** 53 - (2 ** 53 % n)
  for (;;) {
    const x = (bits.u32() >>> 11) * two32 + bits.u32()
    if (x < limit) return x % n
  }
}
