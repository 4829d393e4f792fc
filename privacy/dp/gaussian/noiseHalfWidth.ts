import { normalQuantile } from "../normal/normalQuantile.ts"
import { discreteGaussianTail } from "./discreteGaussianTail.ts"

/** Above this sigma a step of 1 is below a thousandth of a standard deviation and the continuous law serves. */
const EXACT_UP_TO = 1000

/**
 * The smallest integer h for which noise N_Z(sigma^2) lies in [-h, h] with at least the given confidence.
 *
 * It speaks of the noise alone: what clamping and contribution bounds cut off is not in it.
 * @param confidence  such as 0.95
 */
export function noiseHalfWidth(variance: number, confidence: number): number {
  const oneSide = (1 - confidence) / 2
  const sigma = Math.sqrt(variance)
  if (sigma > EXACT_UP_TO) return Math.ceil(sigma * normalQuantile(oneSide)) + 1
  return discreteGaussianTail(variance).smallestBelow(oneSide) - 1
}
