import type { LossDistribution } from "./LossDistribution.ts"

/**
 * Discretises a mechanism by connecting the dots of its curve delta(e^eps) at the points of a grid: the tightest
 * distribution on the grid that covers the mechanism. What lies above `last` becomes infinite.
 *
 * For eps < 0 the curve is taken as 1 - e^eps plus what exceeds it, so that far tails do not drown in rounding.
 * @param delta    delta(eps) of the pair, for eps >= 0
 * @param reverse  delta(eps) of the pair the other way round, for eps > 0; the same function for symmetric noise
 * @param first    index of the lowest grid point
 * @param last     index of the highest
 * @source         Doroshenko, Ghazi, Kamath, Kumar, Manurangsi 2022 (arXiv 2207.04380), algorithm 1; pld.proof.md
 */
export function connectDots(
  delta: (eps: number) => number,
  reverse: (eps: number) => number,
  first: number,
  last: number,
  grid: number
): LossDistribution {
  const n = last - first + 1
  const above = new Float64Array(n)
  for (let i = 0; i < n; i++) {
    const eps = (first + i) * grid
    above[i] = eps >= 0 ? delta(eps) : Math.exp(eps) * reverse(-eps)
  }
  const mass = new Float64Array(n)
  // p_j = x_j (slope right of j - slope left of j), x = e^eps; dividing by x_j first keeps the exponentials small.
  const step = Math.expm1(grid)
  const back = -Math.expm1(-grid)
  for (let j = 0; j < n; j++) {
    const right = j + 1 < n ? (above[j + 1]! - above[j]!) / step : 0
    const left = j > 0 ? (above[j]! - above[j - 1]!) / back : 0
    mass[j] = Math.max(0, right - left)
  }
  // The part 1 - e^eps has its only bend at eps = 0, worth a mass of one.
  if (first <= 0 && last >= 0) mass[-first] = Math.max(0, bendAtZero(above, -first, step, back))
  mass[0] = Math.max(0, lowest(above, first, step))
  return { grid, first, mass, infinity: Math.max(0, above[n - 1]!) }
}

function bendAtZero(above: Float64Array, j: number, step: number, back: number): number {
  const right = j + 1 < above.length ? (above[j + 1]! - above[j]!) / step : 0
  const left = j > 0 ? (above[j]! - above[j - 1]!) / back : 0
  return 1 + right - left
}

/** The lowest point holds what is missing to one: x slope + 1 - delta there. */
function lowest(above: Float64Array, first: number, step: number): number {
  const slope = above.length > 1 ? (above[1]! - above[0]!) / step : 0
  return first < 0 ? slope - above[0]! : 1 + slope - above[0]!
}
