import type { Evidence } from "../evidence/Evidence.ts"
import { timeliness } from "../ttl/timeliness.ts"
import type { Decay } from "../ttl/timeliness.ts"

/** Rows of one stratum and one event time. */
export interface RowGroup {
  readonly rows: Evidence
  /** Weight of the stratum, 1 to 4: rare ones count more. */
  readonly weight: Evidence
  /** Days since the rows' event time. */
  readonly ageDays: Evidence
}

/**
 * Measures how many fresh rows the groups amount to: mu(N) = sum of rows x T(age) x weight. Additive over groups, never rising with age.
 *
 * @throws  RangeError if a count is negative or a weight outside 1..4: a bug in the caller
 * @source  pricing.md, Depth: history and coverage enter here and nowhere else
 */
export function rowMeasure(groups: ReadonlyArray<RowGroup>, decay: Decay): number {
  let mu = 0
  for (const { rows, weight, ageDays } of groups) {
    if (!(rows.value >= 0)) throw new RangeError(`rowMeasure: ${rows.value} rows at ${rows.where}`)
    if (!(weight.value >= 1 && weight.value <= 4))
      throw new RangeError(`rowMeasure: weight ${weight.value} at ${weight.where}`)
    mu += rows.value * weight.value * timeliness(ageDays.value, decay)
  }
  return mu
}
