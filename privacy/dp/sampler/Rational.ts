/** An exact non-negative fraction in lowest terms; `den` is positive. */
export interface Rational {
  readonly num: bigint
  readonly den: bigint
}

const gcd = (a: bigint, b: bigint): bigint => (b === 0n ? a : gcd(b, a % b))

/**
 * Makes a fraction in lowest terms, so that equal values have equal fields.
 * @throws RangeError if `den` <= 0 or `num` < 0: a bug in the caller
 */
export const Rational = (num: bigint, den: bigint = 1n): Rational => {
  if (den <= 0n || num < 0n) throw new RangeError(`not a non-negative fraction: ${num}/${den}`)
  const shared = gcd(num, den)
  return { num: num / shared, den: den / shared }
}
