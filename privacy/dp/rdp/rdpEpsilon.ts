/**
 * The smallest eps that Renyi losses at several orders imply together at delta.
 * @param orders  each > 1
 * @param losses  Renyi divergence at each order
 * @source        Canonne, Kamath, Steinke 2020 (arXiv 2004.00010), proposition 12
 */
export function rdpEpsilon(orders: ReadonlyArray<number>, losses: ReadonlyArray<number>, delta: number): number {
  let best = Number.POSITIVE_INFINITY
  for (const [i, order] of orders.entries()) {
    const eps = losses[i]! + Math.log1p(-1 / order) - (Math.log(delta) + Math.log(order)) / (order - 1)
    best = Math.min(best, eps)
  }
  return Math.max(0, best)
}
