import type { BitSource } from "#core/random/BitSource.ts"

const two32 = 4_294_967_296

/**
 * n draws of a normal law of the given standard deviation, each rounded to a whole number.
 *
 * Polar form of Box and Muller on uniforms of 64 bits. Adding it to a whole number is rounding the sum of that number and
 * continuous noise, so the gaps between doubles show only where the scale is not far above 1: callers keep it above 2^16.
 * @throws RangeError below that: a bug in the caller
 */
export function roundedNormal(bits: BitSource, scale: number, n: number): Float64Array {
  if (!(scale >= 65_536) || scale > 2 ** 48) throw new RangeError(`roundedNormal: scale ${scale}`)
  const noise = new Float64Array(n)
  for (let i = 0; i < n; i += 2) {
    // Never 0: the least is 2^-65.
    const u = (bits.u32() + (bits.u32() + 0.5) / two32) / two32
    const radius = scale * Math.sqrt(-2 * Math.log(u))
    const angle = (2 * Math.PI * (bits.u32() + bits.u32() / two32)) / two32
    noise[i] = Math.round(radius * Math.cos(angle))
    if (i + 1 < n) noise[i + 1] = Math.round(radius * Math.sin(angle))
  }
  return noise
}
