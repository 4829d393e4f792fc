import { periodOf } from "#core/time/periodOf.ts"
import { readDays } from "#pricing/ttl/readDays.ts"
import type { Listing } from "#catalog/product/Catalog.ts"
import type { Freshness } from "../../api/Freshness.ts"

/** A product is made anew each month where its file does not say how fresh it must be; the engine holds to the same. */
const usualDays = 31

/** How fresh a listing is and how it fades. */
export function freshnessOf({ version, ageDays, timeliness }: Listing): Freshness {
  const { offering, policy, asOf } = version
  return {
    score: timeliness,
    asOf,
    ageDays,
    halfLifeDays: policy.halfLife.value,
    graceDays: policy.grace.value,
    archival: policy.archival.value,
    attainment: 1,
    nextUpdate: periodOf(asOf, readDays(offering.scenario.freshness ?? "") ?? usualDays).to
  }
}
