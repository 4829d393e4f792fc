import type { PlannedMeasure, Statistic } from "./AggregatePlan.ts"

/** Bounds beyond this many steps would let noise and sums leave the integers that a number holds exactly. */
const MOST_STEPS = 2 ** 40
/** Squares of a variance must stay exact integers too. */
const MOST_SPREAD = 2 ** 22
/** Candidates of a quantile: enough for four thousandths of the range, few enough to count per group. */
const MOST_CANDIDATES = 256

/**
 * A measure between two bounds: what one subject can change in one group, and the grid of its statistic.
 * @param lower, upper  in steps, integers
 * @returns             undefined if the bounds are not ordered, both zero, or too far
 */
export function boundMeasure(
  measure: Omit<PlannedMeasure, "lower" | "upper" | "linf">,
  lower: number,
  upper: number
): PlannedMeasure | undefined {
  const { statistic } = measure
  const linf = Math.max(Math.abs(lower), Math.abs(upper))
  const most = statistic?.kind === "variance" ? MOST_SPREAD : MOST_STEPS
  if (lower > upper || linf === 0 || linf > most) return undefined
  if (statistic === undefined) return { ...measure, lower, upper, linf }
  return { ...measure, lower, upper, ...onGrid(statistic, lower, upper) }
}

function onGrid(
  statistic: Statistic,
  lower: number,
  upper: number
): { readonly statistic: Statistic; readonly linf: number } {
  if (statistic.kind === "bands") {
    const width = Math.max(1, Math.ceil((upper - lower) / (statistic.candidates - 1)))
    return { linf: 1, statistic: { ...statistic, width } }
  }
  if (statistic.kind === "quantile") {
    const width = Math.max(1, Math.ceil((upper - lower) / (MOST_CANDIDATES - 1)))
    return { linf: 1, statistic: { ...statistic, width, candidates: Math.ceil((upper - lower) / width) + 1 } }
  }
  // A range of one point has no spread: its half is taken as one step, so that noise is still drawn.
  const center = Math.floor((lower + upper) / 2)
  return { linf: Math.max(1, upper - center), statistic: { ...statistic, center } }
}
