const REACH = 40

/**
 * The probabilities of the discrete Gaussian law N_Z(sigma^2), summed directly.
 *
 * Only for sigma up to 10^5: the sums run over 40 sigma. Relative error below 1e-12, since every term is positive.
 * @throws RangeError if the variance is not in (0, 10^10]: plans check it before
 */
export interface DiscreteGaussianTail {
  /** Pr[N >= m] */
  atLeast(m: number): number
  /** The smallest integer m with Pr[N >= m] <= p; p is lowered by 1e-9 of itself against rounding. */
  smallestBelow(p: number): number
}

export function discreteGaussianTail(variance: number): DiscreteGaussianTail {
  if (!(variance > 0 && variance <= 1e10)) throw new RangeError("the tail is summed for variances in (0, 1e10]")
  const reach = Math.ceil(REACH * Math.sqrt(variance)) + 1
  const weight = (y: number): number => Math.exp((-y * y) / (2 * variance))
  const sumFrom = (m: number): number => {
    let sum = 0
    for (let y = Math.max(reach, m); y >= m; y--) sum += weight(y)
    return sum
  }
  const positive = sumFrom(1)
  const total = 1 + 2 * positive
  const atLeast = (m: number): number => (m > 0 ? sumFrom(m) / total : 1 - sumFrom(1 - m) / total)
  const smallestBelow = (p: number): number => {
    const target = p * (1 - 1e-9) * total
    // From the far end inwards: the last m whose sum still fits.
    let sum = 0
    let m = reach + 1
    while (m > -reach) {
      const next = sum + weight(m - 1)
      if (next > target) break
      sum = next
      m--
    }
    return m
  }
  return { atLeast, smallestBelow }
}
