/**
 * A bound on the Renyi loss of the exponential mechanism at eps: the order times its largest Kullback-Leibler
 * divergence, and never more than eps.
 * @param order  >= 1
 * @source       Dong, Durfee, Rogers 2020 (arXiv 1909.13830) on bounded range
 */
export function exponentialRdp(eps: number, order: number): number {
  const ratio = eps / Math.expm1(eps)
  return Math.min(eps, order * (ratio - 1 - Math.log(ratio)))
}
