/**
 * The smallest power of two at or above x: the public grid of outputs where a real-valued mechanism must be compared.
 *
 * Our own releases are integers, so their grid is 1.
 * @param x  > 0, finite
 * @source   Google, Secure_Noise_Generation, sections 3 and 4
 */
export function ceilPowerOfTwo(x: number): number {
  if (!(x > 0) || !Number.isFinite(x)) throw new RangeError("a grid is made for a positive number")
  let power = 2 ** Math.round(Math.log2(x))
  while (power < x) power *= 2
  while (power / 2 >= x) power /= 2
  return power
}
