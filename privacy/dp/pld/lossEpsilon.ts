import type { LossDistribution } from "./LossDistribution.ts"

/**
 * The smallest eps >= 0 whose delta is at most the given one.
 * @returns Infinity if more than delta leaks outright
 */
export function lossEpsilon({ grid, first, mass, infinity }: LossDistribution, delta: number): number {
  if (infinity > delta) return Number.POSITIVE_INFINITY
  const top = (first + mass.length - 1) * grid
  let above = infinity
  // sum of mass e^(top - loss), so that neither end of a long range overflows
  let weighted = 0
  for (let i = mass.length - 1; i >= 0; i--) {
    const loss = (first + i) * grid
    // On the stretch from the next loss below up to this one delta(eps) = above - e^(eps - top) weighted.
    if (weighted > 0 && above > delta) {
      const eps = top + Math.log((above - delta) / weighted)
      if (eps >= loss) return Math.max(0, eps)
    }
    if (loss < 0) break
    above += mass[i]!
    weighted += mass[i]! * Math.exp(top - loss)
    if (!Number.isFinite(weighted)) break
  }
  return weighted > 0 && above > delta ? Math.max(0, top + Math.log((above - delta) / weighted)) : 0
}
