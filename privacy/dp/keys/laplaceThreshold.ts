/**
 * The tau at which a key of l0 per subject, each worth at most linf, is kept with at most delta in all, under continuous
 * Laplace noise at eps.
 * @source Delta_For_Thresholding (Google), theorem 1
 */
export function laplaceThreshold(l0: number, linf: number, eps: number, delta: number): number {
  const scale = (l0 * linf) / eps
  const p = -Math.expm1(Math.log1p(-delta) / l0)
  // The upper tail of Laplace noise is e^(-x/b)/2 above zero and 1 - e^(x/b)/2 below.
  return p <= 0.5 ? linf - scale * Math.log(2 * p) : linf + scale * Math.log(2 * (1 - p))
}
