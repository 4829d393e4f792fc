/**
 * The smallest delta for which rho-zCDP implies (eps, delta)-DP by the best known conversion.
 *
 * Minimises exp((a-1)(a rho - eps)) (1-1/a)^a / (a-1) over a > 1 in logs, with b = a - 1 so that orders beyond 2^53
 * lose nothing. Any a gives a valid delta, so a stop short of the optimum errs on the safe side.
 * @returns  a probability in 0..1
 * @throws   RangeError if rho or eps is negative or NaN: a bug in the caller
 * @source   Canonne, Kamath, Steinke 2020 (arXiv 2004.00010), proposition 12
 */
export function zcdpDelta(rho: number, eps: number): number {
  if (!(rho >= 0) || !(eps >= 0)) throw new RangeError("rho and eps must not be negative")
  if (rho === 0) return 0
  // The derivative in a has one root: below it the exponent falls, above it rises. Halved until no number lies between.
  const slope = (b: number): number => (2 * b + 1) * rho - eps - Math.log1p(1 / b)
  let low = 0
  let high = 1
  while (slope(high) < 0) high *= 2
  for (let middle = high / 2; middle > low && middle < high; middle = (low + high) / 2) {
    if (slope(middle) < 0) low = middle
    else high = middle
  }
  const b = high
  const logDelta = b * ((b + 1) * rho - eps) - (b + 1) * Math.log1p(1 / b) - Math.log(b)
  return Math.min(1, Math.exp(logDelta))
}
