import { readDays } from "#pricing/ttl/readDays.ts"
import type { Listing } from "#catalog/product/Catalog.ts"
import type { Label } from "../../api/Label.ts"
import type { ProductCard } from "../../api/ProductCard.ts"

/** A product is made anew each month where its file does not say how fresh it must be; the engine holds to the same. */
const usualDays = 31

/** What the catalog shows of a listing. */
export function cardOf({ product, version, price, ageDays, timeliness, depth }: Listing): ProductCard {
  const { offering, policy, asOf } = version
  return {
    id: product,
    title: offering.title,
    summary: offering.description ?? scenarioInWords(offering.scenario),
    kind: "dp_aggregate",
    version: version.version,
    period: version.period,
    releasedRows: version.rows.value,
    price,
    freshness: {
      score: timeliness,
      asOf,
      ageDays,
      halfLifeDays: policy.halfLife.value,
      graceDays: policy.grace.value,
      archival: policy.archival.value,
      attainment: 1,
      nextUpdate: dayAfter(asOf, readDays(offering.scenario.freshness ?? "") ?? usualDays)
    },
    depth: { score: depth, bits: version.bits.value },
    guarantee: { epsilon: version.epsilon, delta: version.delta, rho: version.rho.value }
  }
}

const dayAfter = (day: string, days: number): string =>
  new Date(Date.parse(day.slice(0, 10)) + Math.round(days) * 86_400_000).toISOString().slice(0, 10)

const scenarioInWords = ({ required }: Listing["version"]["offering"]["scenario"]): Label => ({
  zh: `按 ${required.join("、")} 汇总的加噪数据。`,
  en: `Noisy aggregates of ${required.join(", ")}.`
})
