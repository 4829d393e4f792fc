import { normalQuantile } from "../normal/normalQuantile.ts"

/** The interval that holds the true figure with probability 1 - alpha, given it with continuous Gaussian noise. */
export function gaussianInterval(noised: number, sigma: number, alpha: number): readonly [number, number] {
  const half = sigma * normalQuantile(alpha / 2)
  return [noised - half, noised + half]
}
