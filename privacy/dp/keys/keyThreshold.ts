import { discreteGaussianTail } from "../gaussian/discreteGaussianTail.ts"

export interface KeySelection {
  /** delta that selection may use */
  readonly delta: number
  /** groups per subject */
  readonly l0: number
  /** what one subject adds to a group's count at most */
  readonly linf: number
  /** sigma^2 of the noise on the count */
  readonly variance: number
}

/**
 * The smallest integer tau with Pr[linf + N_Z(sigma^2) >= tau] <= 1 - (1 - delta)^(1/l0): a key is kept when its noisy
 * count reaches it.
 *
 * A key that only one subject has then appears with probability at most delta over all of that subject's keys. The exact
 * discrete tail is used: the continuous formula gives up to 2.5 times delta.
 * @throws RangeError if a parameter is out of its range: plans check them before
 * @source Delta_For_Thresholding (Google), theorem 1, on N_Z; keys.proof.md
 */
export function keyThreshold({ delta, l0, linf, variance }: KeySelection): number {
  if (!(delta > 0 && delta < 1) || l0 < 1 || linf < 1)
    throw new RangeError("key selection needs 0 < delta < 1, l0 and linf >= 1")
  const perKey = -Math.expm1(Math.log1p(-delta) / l0)
  return linf + discreteGaussianTail(variance).smallestBelow(perKey)
}
