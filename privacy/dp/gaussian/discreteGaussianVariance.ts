const REACH = 40

/**
 * The variance that discrete Gaussian noise really has: a little below its parameter sigma^2 when that is small.
 * @param parameter   sigma^2 in (0, 10^10]
 * @param truncation  noise outside of [-T, T] does not occur; without it the whole law
 */
export function discreteGaussianVariance(parameter: number, truncation?: number): number {
  const reach = truncation ?? Math.ceil(REACH * Math.sqrt(parameter))
  let total = 0
  let second = 0
  for (let y = reach; y >= 1; y--) {
    const weight = 2 * Math.exp((-y * y) / (2 * parameter))
    total += weight
    second += weight * y * y
  }
  return second / (total + 1)
}
