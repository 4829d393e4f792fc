import { normalTail } from "../normal/normalTail.ts"

/**
 * The exact delta of continuous Gaussian noise at eps: Phi(D/2s - eps s/D) - e^eps Phi(-D/2s - eps s/D).
 *
 * Discrete Gaussian noise is not covered by it; `discreteGaussianDelta` is.
 * @param sensitivity  D > 0 in L2
 * @param sigma        >= 0; without noise delta is 1
 * @param eps          any sign
 * @source             Balle, Wang 2018 (arXiv 1805.06530), theorem 8
 */
export function gaussianDelta(sensitivity: number, sigma: number, eps: number): number {
  if (sigma === 0) return 1
  const half = sensitivity / (2 * sigma)
  const shift = (eps * sigma) / sensitivity
  return Math.max(0, normalTail(shift - half) - Math.exp(eps) * normalTail(half + shift))
}
