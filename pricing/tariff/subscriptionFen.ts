import { roundUpFen } from "../price/roundUpFen.ts"
import { meanTimeliness } from "../ttl/meanTimeliness.ts"
import type { Decay } from "../ttl/timeliness.ts"

/**
 * Prices all versions of a window: their sum, weighted by how fresh a subscriber's data is on a random day, and held between the dearest
 * single version and the sum. Below the dearest one, a subscription would be the cheap way to buy it; above the sum, nobody would
 * subscribe.
 *
 * @param versions    P of each version of the window, in minor units
 * @param updateDays  days between two versions
 * @returns           minor units; 0 for no versions
 * @source            pricing.md, Further rules
 */
export function subscriptionFen(versions: ReadonlyArray<number>, updateDays: number, decay: Decay): number {
  if (versions.length === 0) return 0
  if (versions.some((fen) => !(fen >= 0))) throw new RangeError("subscriptionFen: a negative price")
  const sum = versions.reduce((total, fen) => total + fen, 0)
  const weighted = roundUpFen(sum * meanTimeliness(updateDays, decay))
  return Math.min(sum, Math.max(weighted, ...versions))
}
