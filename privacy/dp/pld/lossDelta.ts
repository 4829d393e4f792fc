import type { LossDistribution } from "./LossDistribution.ts"

/** delta at eps: the infinite mass and what the finite losses above eps exceed it by. */
export function lossDelta({ grid, first, mass, infinity }: LossDistribution, eps: number): number {
  let delta = infinity
  for (let i = mass.length - 1; i >= 0; i--) {
    const loss = (first + i) * grid
    if (loss <= eps) break
    delta += mass[i]! * -Math.expm1(eps - loss)
  }
  return Math.min(1, delta)
}
