import type { Evidence } from "../evidence/Evidence.ts"
import { timeliness } from "./timeliness.ts"
import type { Decay } from "./timeliness.ts"

/**
 * Scores timeliness from 0 to 100: 100 T(current age) x attainment.
 *
 * @param age         days since the rows' event time
 * @param attainment  share of scheduled versions delivered within the grace over 90 days; 1 before the first was due
 * @throws            RangeError if the attainment is outside 0..1: a bug in the caller
 * @source            pricing.md, TTL
 */
export function ttlScore(age: Evidence, attainment: Evidence, decay: Decay): number {
  if (!(attainment.value >= 0 && attainment.value <= 1))
    throw new RangeError(`ttlScore: attainment ${attainment.value}`)
  return 100 * timeliness(age.value, decay) * attainment.value
}
