const REACH = 40

/**
 * The exact delta of discrete Gaussian noise at eps for an integer sensitivity, by its definition: the sum over
 * outcomes of what exceeds e^eps times the shifted law.
 * @param variance     sigma^2 in (0, 10^10]
 * @param sensitivity  an integer >= 1
 * @param truncation   noise outside of [-T, T] does not occur; without it the whole law
 * @throws             RangeError outside: a bug in the caller
 * @source             Canonne, Kamath, Steinke 2020 (arXiv 2004.00010), theorem 7 for sensitivity 1
 */
export function discreteGaussianDelta(variance: number, sensitivity: number, eps: number, truncation?: number): number {
  if (!(variance > 0 && variance <= 1e10) || !Number.isInteger(sensitivity) || sensitivity < 1) {
    throw new RangeError("the variance lies in (0, 1e10] and the sensitivity is a positive integer")
  }
  const reach = truncation ?? Math.ceil(REACH * Math.sqrt(variance)) + sensitivity
  const weight = (y: number): number => (Math.abs(y) > reach ? 0 : Math.exp((-y * y) / (2 * variance)))
  let total = 0
  let excess = 0
  const ratio = Math.exp(eps)
  // From the far ends inwards, so that small terms are not lost beside large ones.
  for (let distance = reach; distance >= 0; distance--) {
    for (const y of distance === 0 ? [0] : [-distance, distance]) {
      const own = weight(y)
      total += own
      excess += Math.max(0, own - ratio * weight(y + sensitivity))
    }
  }
  return excess / total
}
