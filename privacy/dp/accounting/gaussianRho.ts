import { Rational } from "../sampler/Rational.ts"

/**
 * The zCDP loss of discrete Gaussian noise, as an exact fraction: squared sensitivity / (2 sigma^2).
 * @param sensitivitySquared  of the whole vector in L2, an integer
 * @param variance            sigma^2 > 0
 * @source Canonne, Kamath, Steinke 2020 (arXiv 2004.00010), theorem 14
 */
export function gaussianRho(sensitivitySquared: bigint, variance: Rational): Rational {
  return Rational(sensitivitySquared * variance.den, 2n * variance.num)
}
