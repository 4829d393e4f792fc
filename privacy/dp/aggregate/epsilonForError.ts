import type { AggregateShape } from "./AggregatePlan.ts"
import { planNoise } from "./planNoise.ts"
import { predictError } from "./predictError.ts"
import type { PublicInfo } from "./PublicInfo.ts"

const LARGEST_EPSILON = 20

/**
 * The smallest epsilon at which every measure's predicted median relative error is at most `error`, to three digits,
 * upwards; from public and paid information only.
 * @param error  such as 0.05
 * @returns      undefined if not even 20 does
 */
export function epsilonForError(shape: AggregateShape, info: PublicInfo, error: number): number | undefined {
  const does = (epsilon: number): boolean => {
    const noise = planNoise(shape, epsilon, info.censusUnits ?? 0n)
    if (noise === undefined) return false
    return predictError({ ...shape, epsilon }, noise, info).measures.every((own) => own.medianRelativeError <= error)
  }
  if (!does(LARGEST_EPSILON)) return undefined
  let [low, high] = [0.001, LARGEST_EPSILON]
  for (let i = 0; i < 30; i++) {
    const middle = Math.sqrt(low * high)
    if (does(middle)) high = middle
    else low = middle
  }
  const unit = 10 ** (Math.floor(Math.log10(high)) - 2)
  return Number((Math.ceil(high / unit - 1e-9) * unit).toPrecision(3))
}
