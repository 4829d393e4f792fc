import { readDays } from "#pricing/ttl/readDays.ts"
import { lateCredit } from "#pricing/ttl/serviceLevel.ts"
import { timeliness } from "#pricing/ttl/timeliness.ts"
import type { ProductVersion } from "../product/ProductVersion.ts"

const day = 86_400_000

/** An update that came after the day that the contract promised. */
export interface LateUpdate {
  readonly dueAt: string
  readonly lateDays: number
  readonly periodFee: number
  readonly share: number
  readonly credit: number
}

/**
 * What a late update gives back: the promise is that the records are never older than the scenario's freshness, so the next version is due that
 * long after the last one's day; within the grace nothing is due. The fee of a period is the price's part for one period of the retention.
 *
 * @param priceFen  what the order cost, in minor units
 * @returns         undefined where nothing is promised, or the update was in time
 */
export function lateUpdate(bought: ProductVersion, next: ProductVersion, priceFen: number): LateUpdate | undefined {
  const freshness = readDays(bought.offering.scenario.freshness ?? "")
  if (freshness === undefined) return undefined
  const due = Date.parse(`${bought.asOf.slice(0, 10)}T00:00:00.000Z`) + (freshness + 1) * day
  const lateDays = (Date.parse(next.listedAt) - due) / day
  const { halfLife, grace, archival } = bought.policy
  const decay = { halfLifeDays: halfLife.value, graceDays: grace.value, archival: archival.value }
  const retention = readDays(bought.offering.terms.retention ?? "") ?? freshness
  const periodFee = Math.floor(priceFen * Math.min(1, freshness / retention))
  const credit = lateDays <= decay.graceDays ? 0 : lateCredit(periodFee, lateDays, decay)
  if (credit === 0) return undefined
  return { dueAt: new Date(due).toISOString(), lateDays, periodFee, share: 1 - timeliness(lateDays, decay), credit }
}
