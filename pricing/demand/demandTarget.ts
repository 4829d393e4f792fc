import { derivedNumber } from "../evidence/derivedNumber.ts"
import type { Evidence } from "../evidence/Evidence.ts"
import { publicNumber } from "../evidence/publicNumber.ts"

/** A verified buyer who ordered or paid a deposit, and how well the product fits the scenario they declared. */
export interface Vote {
  readonly buyer: string
  /** Fit, 0 to 100. */
  readonly fit: Evidence
  /** ISO day or instant of the order. */
  readonly at: string
}

/** Where the demand factor is heading. */
export interface DemandTarget {
  readonly factor: Evidence
  /** Verified buyers with a vote in the window. */
  readonly voters: number
}

const windowMillis = 90 * 86_400_000
const fewestBuyers = 10
/** The published limits of the demand factor. */
export const demandLimits = { low: 0.7, high: 1.3 } as const

/**
 * Works out the demand factor that a day's votes ask for: clamp(0.7 + 0.6 median(Fit/100), 0.7, 1.3) over 90 days, one vote per buyer
 * (their latest), and 1 below ten buyers, so that false low-Fit requests cannot buy a discount.
 *
 * @param day  ISO day; only votes of earlier days count, so that a price does not move within a day
 * @source     pricing.md, Fit
 */
export function demandTarget(votes: ReadonlyArray<Vote>, product: string, day: string): DemandTarget {
  const end = Date.parse(`${day.slice(0, 10)}T00:00:00Z`)
  const latest = new Map<string, Vote>()
  for (const vote of votes) {
    const at = Date.parse(vote.at)
    if (at >= end || at < end - windowMillis) continue
    const before = latest.get(vote.buyer)
    if (before === undefined || Date.parse(before.at) <= at) latest.set(vote.buyer, vote)
  }
  const voters = latest.size
  if (voters < fewestBuyers)
    return { factor: publicNumber(1, "factor", `demand:${product}#fewer-than-ten-buyers`, day), voters }
  const fits = [...latest.values()].map(({ fit }) => fit)
  const { low, high } = demandLimits
  const factor = Math.min(high, Math.max(low, 0.7 + (0.6 * median(fits.map(({ value }) => value))) / 100))
  return { factor: derivedNumber(factor, "factor", `demand:${product}#median-fit`, day, fits), voters }
}

function median(values: ReadonlyArray<number>): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}
