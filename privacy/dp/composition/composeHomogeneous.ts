/**
 * The smallest eps that k releases of (eps0, delta0)-DP, all alike and fixed in advance, give together at delta.
 *
 * Optimal over the levels (k - 2i) eps0, which is where the bound of the theorem is attained.
 * @returns  Infinity if delta is below what the releases leak outright, 1 - (1 - delta0)^k
 * @source   Kairouz, Oh, Viswanath 2015 (arXiv 1311.0776), theorem 3.3
 */
export function composeHomogeneous(eps0: number, delta0: number, k: number, delta: number): number {
  const kept = k * Math.log1p(-delta0)
  const allowed = 1 - (1 - delta) / Math.exp(kept)
  if (allowed < -1e-15) return Number.POSITIVE_INFINITY
  for (let i = Math.floor(k / 2); i >= 0; i--) {
    if (leak(eps0, k, i) <= Math.max(0, allowed)) return (k - 2 * i) * eps0
  }
  return k * eps0
}

/** sum over l < i of C(k, l) (e^((k-l) eps) - e^((k-2i+l) eps)) / (1 + e^eps)^k, in logs. */
function leak(eps: number, k: number, i: number): number {
  let sum = 0
  let logChoose = 0
  const logBase = k * Math.log1p(Math.exp(eps))
  for (let l = 0; l < i; l++) {
    sum += Math.exp(logChoose + (k - l) * eps - logBase) * -Math.expm1(-(2 * i - 2 * l) * eps)
    logChoose += Math.log((k - l) / (l + 1))
  }
  return sum
}
