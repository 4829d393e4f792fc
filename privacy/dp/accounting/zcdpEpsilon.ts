import { zcdpDelta } from "./zcdpDelta.ts"

/**
 * The smallest eps for which rho-zCDP implies (eps, delta)-DP; rounded up within a part in 2^50.
 * @param delta  in (0, 1)
 * @throws       RangeError outside: a bug in the caller
 * @source       Canonne, Kamath, Steinke 2020 (arXiv 2004.00010), proposition 12
 */
export function zcdpEpsilon(rho: number, delta: number): number {
  if (!(delta > 0 && delta < 1)) throw new RangeError("delta must lie between 0 and 1")
  if (zcdpDelta(rho, 0) <= delta) return 0
  let low = 0
  let high = 1
  while (zcdpDelta(rho, high) > delta) high *= 2
  for (let middle = high / 2; middle > low && middle < high; middle = (low + high) / 2) {
    if (zcdpDelta(rho, middle) > delta) low = middle
    else high = middle
  }
  return high
}
