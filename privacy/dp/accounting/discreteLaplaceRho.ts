/**
 * The tight zCDP loss of one cell of discrete Laplace noise at eps: eps - (a / sinh a)(1 - e^-eps), a = eps / D.
 *
 * A vector in which one subject moves L0 cells costs L0 times as much. The continuous law would under-charge it.
 * @param eps          > 0
 * @param sensitivity  D, an integer >= 1, of one cell
 * @throws             RangeError outside: a bug in the caller
 * @source             privacy.md, "Accounting"
 */
export function discreteLaplaceRho(eps: number, sensitivity: number): number {
  if (!(eps > 0) || !Number.isInteger(sensitivity) || sensitivity < 1) {
    throw new RangeError("eps must be positive and the sensitivity a positive integer")
  }
  const a = eps / sensitivity
  // sinh overflows beyond 710, where the fraction is 0 to every digit.
  const ratio = a > 700 ? 0 : a / Math.sinh(a)
  return eps + ratio * Math.expm1(-eps)
}
