import type { Freshness } from "../../api/Freshness.ts"

/** T(a) of pricing.md for drawing; the price itself is computed on the server. */
export function timelinessAt({ halfLifeDays, graceDays, archival }: Freshness, ageDays: number): number {
  return archival + (1 - archival) * 2 ** (-Math.max(0, ageDays - graceDays) / halfLifeDays)
}
