/**
 * The a of discrete Laplace noise, Pr[k] proportional to exp(-a|k|), that gives pure eps-DP: eps / D.
 *
 * A delta, where there is one, is not used to lower the noise: it would make the guarantee hold only approximately for
 * a gain below a hundredth of the scale.
 * @param sensitivity  D, an integer >= 1, in L1
 */
export function discreteLaplaceParameter(sensitivity: number, eps: number): number {
  if (!(eps > 0) || !Number.isInteger(sensitivity) || sensitivity < 1) {
    throw new RangeError("eps must be positive and the sensitivity a positive integer")
  }
  return eps / sensitivity
}
