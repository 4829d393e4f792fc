/**
 * Values accuracy: g(rho) = 1 - exp(-rho / r0). Non-decreasing, and g(rho)/rho non-increasing, so splitting the budget over several
 * purchases and averaging the noise away costs at least as much.
 *
 * @param rho  zCDP budget of the artefact, >= 0
 * @param r0   scale, > 0
 * @throws     RangeError outside these: a bug in the caller
 * @source     pricing.md, The price
 */
export function accuracyValue(rho: number, r0: number): number {
  if (!(rho >= 0 && rho < Infinity)) throw new RangeError(`accuracyValue: rho ${rho}`)
  if (!(r0 > 0 && r0 < Infinity)) throw new RangeError(`accuracyValue: r0 ${r0}`)
  return -Math.expm1(-rho / r0)
}
