import { timeliness } from "./timeliness.ts"
import type { Decay } from "./timeliness.ts"

/** A version that was promised for a day. Days late: 0 when in time, null while it has not come. */
export interface ScheduledVersion {
  readonly due: string
  readonly lateDays: number | null
}

/**
 * The share of scheduled versions that came within the grace; 1 before the first was due.
 *
 * @source  pricing.md, TTL: SLA attainment
 */
export function attainment(scheduled: ReadonlyArray<ScheduledVersion>, { graceDays }: Decay): number {
  if (scheduled.length === 0) return 1
  return scheduled.filter(({ lateDays }) => lateDays !== null && lateDays <= graceDays).length / scheduled.length
}

/**
 * What a late version gives back of its period's fee: 1 - T(lateness), rounded up in the subscriber's favour; nothing within the grace.
 *
 * @param feeFen  fee of the period, in minor units
 * @source        pricing.md, TTL: a breach credits 1 - T(actual lateness)
 */
export function lateCredit(feeFen: number, lateDays: number, decay: Decay): number {
  return Math.min(feeFen, Math.ceil(feeFen * (1 - timeliness(lateDays, decay))))
}
