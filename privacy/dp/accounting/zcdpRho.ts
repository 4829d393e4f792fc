import { zcdpDelta } from "./zcdpDelta.ts"

/**
 * The largest rho whose zCDP still implies (eps, delta)-DP; rounded down within a part in 2^50.
 * @param eps    > 0
 * @param delta  in (0, 1)
 * @throws       RangeError outside: a bug in the caller
 * @source       Canonne, Kamath, Steinke 2020 (arXiv 2004.00010), proposition 12
 */
export function zcdpRho(eps: number, delta: number): number {
  if (!(eps > 0) || !(delta > 0 && delta < 1)) throw new RangeError("eps must be positive and delta between 0 and 1")
  let low = 0
  let high = eps + 1
  while (zcdpDelta(high, eps) <= delta) high *= 2
  for (let middle = high / 2; middle > low && middle < high; middle = (low + high) / 2) {
    if (zcdpDelta(middle, eps) <= delta) low = middle
    else high = middle
  }
  return low
}
