import { Rational } from "../sampler/Rational.ts"

/**
 * The variance of discrete Gaussian noise that costs exactly `units` of 2^-40 rho: D^2 2^39 / units.
 * @param sensitivitySquared  of the whole vector in L2, an integer > 0
 * @param units               of rho that may be spent, > 0
 * @throws                    RangeError if `units` is not positive: a bug in the caller
 */
export function gaussianVariance(sensitivitySquared: bigint, units: bigint): Rational {
  return Rational(sensitivitySquared << 39n, units)
}
