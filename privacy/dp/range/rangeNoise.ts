import { gaussianVariance } from "../accounting/gaussianVariance.ts"
import { discreteGaussianTail } from "../gaussian/discreteGaussianTail.ts"
import type { Rational } from "../sampler/Rational.ts"
import { roundUpVariance } from "../sampler/roundUpVariance.ts"
import { RANGE_BINS } from "./rangeBins.ts"

/** The chance that an empty bin passes for an inhabited one, over all bins. */
const FALSE_ALARM = 1e-6

/**
 * The noise on a histogram of powers of two in which each subject counts once, and the threshold that no empty bin
 * reaches but with probability 10^-6, over all bins together.
 * @param units  of 2^-40 rho
 * @returns      undefined if the noise were so large that no home could have so many subjects
 * @source       range.proof.md
 */
export function rangeNoise(
  units: bigint
): { readonly rhoUnits: bigint; readonly variance: Rational; readonly threshold: number } | undefined {
  if (units <= 0n) return undefined
  const variance = roundUpVariance(gaussianVariance(1n, units))
  const size = Number(variance.num) / Number(variance.den)
  if (size > 1e8) return undefined
  const perBin = -Math.expm1(Math.log1p(-FALSE_ALARM) / RANGE_BINS)
  return { rhoUnits: units, variance, threshold: discreteGaussianTail(size).smallestBelow(perBin) }
}
