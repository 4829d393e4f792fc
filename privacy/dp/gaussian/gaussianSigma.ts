import { gaussianDelta } from "./gaussianDelta.ts"

/**
 * The smallest sigma of continuous Gaussian noise that gives (eps, delta)-DP; rounded up within a part in 2^50.
 * @param sensitivity  D > 0 in L2
 * @throws             RangeError if delta is not in (0, 1): a bug in the caller
 * @source             Balle, Wang 2018 (arXiv 1805.06530), algorithm 1
 */
export function gaussianSigma(sensitivity: number, eps: number, delta: number): number {
  if (!(delta > 0 && delta < 1)) throw new RangeError("delta must lie between 0 and 1")
  let low = 0
  let high = sensitivity
  while (gaussianDelta(sensitivity, high, eps) > delta) high *= 2
  for (let i = 0; i < 100; i++) {
    const middle = (low + high) / 2
    if (gaussianDelta(sensitivity, middle, eps) > delta) low = middle
    else high = middle
  }
  return high
}
