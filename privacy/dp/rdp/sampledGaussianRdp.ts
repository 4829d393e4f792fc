/**
 * The Renyi loss at an order > 1 of Gaussian noise of a multiplier on a Poisson sample of rate q, exact by integration.
 * @param multiplier  sigma / sensitivity
 * @source            Mironov, Talwar, Zhang 2019 (arXiv 1908.10530), section 3.3: the removal of a subject is the worse case
 */
export function sampledGaussianRdp(q: number, multiplier: number, order: number): number {
  if (q === 1) return order / (2 * multiplier ** 2)
  const variance = multiplier ** 2
  // Of the two summands of the integrand the farther is centred at `order`.
  const low = -12 * multiplier
  const high = order + 12 * multiplier
  const n = 20_000
  const h = (high - low) / n
  let sum = 0
  for (let i = 0; i <= n; i++) {
    const x = low + i * h
    const ratio = (2 * x - 1) / (2 * variance)
    const log = order * Math.log1p(q * Math.expm1(ratio)) - (x * x) / (2 * variance)
    sum += Math.exp(log) * (i === 0 || i === n ? 1 : i % 2 === 1 ? 4 : 2)
  }
  return Math.log((sum * h) / 3 / Math.sqrt(2 * Math.PI * variance)) / (order - 1)
}
