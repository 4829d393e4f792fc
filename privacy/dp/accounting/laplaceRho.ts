/**
 * The tight zCDP loss of continuous Laplace noise at eps: eps + e^-eps - 1. It under-charges discrete noise.
 * @source arXiv 2510.25746
 */
export function laplaceRho(eps: number): number {
  return eps + Math.expm1(-eps)
}
