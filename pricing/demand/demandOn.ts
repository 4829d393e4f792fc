import { derivedNumber } from "../evidence/derivedNumber.ts"
import type { Evidence } from "../evidence/Evidence.ts"
import { publicNumber } from "../evidence/publicNumber.ts"
import { demandLimits, demandTarget } from "./demandTarget.ts"
import type { Vote } from "./demandTarget.ts"

/** The demand factor may move by this share a day. */
export const dailyLimit = 0.05

/** Everything that moves the demand factor of one product. */
export interface DemandHistory {
  readonly product: string
  readonly votes: ReadonlyArray<Vote>
  /** How scarce the budget makes new versions, by the day it took effect, oldest first; see `supplyFactor`. */
  readonly supply: ReadonlyArray<{ readonly day: string; readonly factor: Evidence }>
  /** ISO day of the first listing, at which the factor is 1. */
  readonly since: string
}

/**
 * The demand factor M of a day: it walks from 1 at the first listing towards what each day's votes and supply ask for, by at most 5 % a
 * day and within 0.7..1.3. A pure function of votes, supply and the day, so any past day can be recomputed, and the same for every buyer.
 *
 * @param day  ISO day (UTC)
 * @source     pricing.md, Fit: moving at most 5 % a day
 */
export function demandOn({ product, votes, supply, since }: DemandHistory, day: string): Evidence {
  const last = dayNumber(day)
  // Nothing moves before the first vote or the first scarcity.
  const firsts = [...votes.map(({ at }) => dayNumber(at) + 1), ...supply.map((one) => dayNumber(one.day))]
  let factor = 1
  const from: Array<Evidence> = []
  for (let n = Math.max(dayNumber(since), Math.min(...firsts, Infinity)); n <= last; n++) {
    const today = new Date(n * 86_400_000).toISOString().slice(0, 10)
    const target = demandTarget(votes, product, today)
    const scarcity = supply.findLast((one) => dayNumber(one.day) <= n)?.factor
    const asked = clamp(target.factor.value * (scarcity?.value ?? 1), demandLimits.low, demandLimits.high)
    factor = clamp(asked, factor * (1 - dailyLimit), factor * (1 + dailyLimit))
    if (n === last) from.push(target.factor, ...(scarcity === undefined ? [] : [scarcity]))
  }
  if (from.length === 0) return publicNumber(1, "factor", `demand:${product}#no-votes`, day.slice(0, 10))
  const where = factor === 1 ? from[0]!.where : `demand:${product}`
  return derivedNumber(factor, "factor", where, day.slice(0, 10), from)
}

const dayNumber = (iso: string): number => Math.floor(Date.parse(iso) / 86_400_000)
const clamp = (x: number, low: number, high: number): number => Math.min(high, Math.max(low, x))
