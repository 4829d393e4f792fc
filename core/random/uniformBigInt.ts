import type { BitSource } from "./BitSource.ts"

/**
 * A uniform integer in 0..n-1 of any size, exact by rejection on the smallest power of two that holds n.
 *
 * @throws RangeError if n < 1: a bug in the caller
 */
export function uniformBigInt(bits: BitSource, n: bigint): bigint {
  if (n < 1n) throw new RangeError("uniformBigInt: n < 1")
  const width = (n - 1n).toString(2).length
  const words = Math.ceil(width / 32)
  const excess = BigInt(words * 32 - width)
  for (;;) {
    let x = 0n
    for (let i = 0; i < words; i++) x = (x << 32n) | BigInt(bits.u32())
    x >>= excess
    if (x < n) return x
  }
}
