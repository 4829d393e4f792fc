import { Rational } from "./Rational.ts"

const PRECISION = 20

/**
 * Rounds a variance up to 20 significant binary digits, so that its sampler stays on plain numbers.
 *
 * Rounding up adds noise and therefore only lowers the privacy loss; it costs at most one part in 2^19 of the variance.
 */
export const roundUpVariance = (variance: Rational): Rational => {
  const { num, den } = variance
  const shift = PRECISION - (num.toString(2).length - den.toString(2).length)
  if (shift >= 0) return Rational(ceilDiv(num << BigInt(shift), den), 1n << BigInt(shift))
  return Rational(ceilDiv(num, den << BigInt(-shift)) << BigInt(-shift))
}

const ceilDiv = (a: bigint, b: bigint): bigint => (a + b - 1n) / b
