/** The variance of discrete Laplace noise of a scale: 2 e^(-1/b) / (1 - e^(-1/b))^2. */
export function discreteLaplaceVariance(scale: number): number {
  return (2 * Math.exp(-1 / scale)) / Math.expm1(-1 / scale) ** 2
}
