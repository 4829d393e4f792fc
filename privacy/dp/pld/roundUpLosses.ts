import type { LossDistribution } from "./LossDistribution.ts"

/**
 * Discretises a mechanism by rounding each loss up to the grid: simple, and looser than `connectDots`.
 * @param atoms  pairs of a loss and its probability
 */
export function roundUpLosses(
  atoms: ReadonlyArray<readonly [loss: number, probability: number]>,
  grid: number
): LossDistribution {
  // A loss that lies on the grid but for an ulp is not lifted by a whole step.
  const place = (loss: number): number => Math.ceil(loss / grid - 1e-9)
  const finite = atoms.filter(([loss]) => Number.isFinite(loss))
  const first = Math.min(...finite.map(([loss]) => place(loss)))
  const last = Math.max(...finite.map(([loss]) => place(loss)))
  const mass = new Float64Array(last - first + 1)
  for (const [loss, probability] of finite) mass[place(loss) - first]! += probability
  const infinity = atoms.reduce((sum, [loss, p]) => (loss === Number.POSITIVE_INFINITY ? sum + p : sum), 0)
  return { grid, first, mass, infinity }
}
