/** The interval that holds the true figure with probability 1 - alpha, given it with continuous Laplace noise. */
export function laplaceInterval(noised: number, scale: number, alpha: number): readonly [number, number] {
  const half = -scale * Math.log(alpha)
  return [noised - half, noised + half]
}
