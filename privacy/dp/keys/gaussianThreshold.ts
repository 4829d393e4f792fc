import { normalQuantile } from "../normal/normalQuantile.ts"

/**
 * The tau at which a key of l0 per subject, each worth at most linf, is kept with at most delta in all, under continuous
 * Gaussian noise. For integer noise use `keyThreshold`: this value, rounded, can give 2.5 times delta.
 * @source Delta_For_Thresholding (Google), theorem 1
 */
export function gaussianThreshold(l0: number, linf: number, sigma: number, delta: number): number {
  return linf + sigma * normalQuantile(-Math.expm1(Math.log1p(-delta) / l0))
}
