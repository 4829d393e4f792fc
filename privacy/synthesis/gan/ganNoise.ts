import { rdpEpsilon } from "../../dp/rdp/rdpEpsilon.ts"
import { sampledGaussianRdp } from "../../dp/rdp/sampledGaussianRdp.ts"

const orders = [1.25, 1.5, 1.75, 2, 2.5, 3, 3.5, 4, 5, 6, 7, 8, 10, 12, 14, 16, 20, 24, 28, 32, 40, 48, 64, 96, 128]

/**
 * eps at delta of some steps of training, each on a Poisson sample of rate q with Gaussian noise of a multiplier of the clip.
 *
 * @source Mironov, Talwar, Zhang 2019 (arXiv 1908.10530), composed over steps
 */
export const ganEpsilon = (q: number, multiplier: number, steps: number, delta: number): number =>
  rdpEpsilon(
    orders,
    orders.map((order) => steps * sampledGaussianRdp(q, multiplier, order)),
    delta
  )

/** The least multiplier, to three digits upward, that keeps the training within eps at delta. */
export function ganMultiplier(q: number, steps: number, eps: number, delta: number): number {
  let [low, high] = [0.3, 0.6]
  while (ganEpsilon(q, high, steps, delta) > eps) [low, high] = [high, high * 2]
  while (high - low > 1e-3 * high) {
    const middle = (low + high) / 2
    if (ganEpsilon(q, middle, steps, delta) > eps) low = middle
    else high = middle
  }
  return high
}
