import type { NoisyMoments } from "./meanOf.ts"

/** The variance of a group's values from its noisy totals, in squared steps: r^2 + Q/n - (S/n)^2 within 0..r^2. */
export function varianceOf({ count, sum, square, radius }: NoisyMoments): number {
  const n = Math.max(1, count)
  const mean = Math.min(radius, Math.max(-radius, sum / n))
  const raw = radius ** 2 + (square ?? 0) / n - mean ** 2
  return Math.min(radius ** 2, Math.max(0, raw))
}
