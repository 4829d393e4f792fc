import { checkDecay } from "./timeliness.ts"
import type { Decay } from "./timeliness.ts"

/**
 * Averages T over an update period: what a subscriber has on a random day between two versions.
 *
 * With x = max(0, u - s): (min(u, s) + phi x + (1 - phi) (h / ln 2) (1 - 2^(-x/h))) / u.
 *
 * @param updateDays  the period u > 0 between two versions
 * @returns           a share in phi..1
 * @throws            RangeError if u <= 0 or a parameter is out of its range: a bug in the caller
 * @source            pricing.md, TTL
 */
export function meanTimeliness(updateDays: number, decay: Decay): number {
  checkDecay(decay)
  if (!(updateDays > 0 && updateDays < Infinity)) throw new RangeError(`meanTimeliness: update period ${updateDays}`)
  const { halfLifeDays: h, graceDays: s, archival: phi } = decay
  const x = Math.max(0, updateDays - s)
  // expm1 keeps the difference exact where x is a tiny part of h.
  const fading = (h / Math.LN2) * -Math.expm1((-x / h) * Math.LN2)
  return (Math.min(updateDays, s) + phi * x + (1 - phi) * fading) / updateDays
}
