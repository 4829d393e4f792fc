import type { Listing } from "#catalog/product/Catalog.ts"
import type { Label } from "../../api/Label.ts"
import type { ProductCard } from "../../api/ProductCard.ts"
import { freshnessOf } from "./freshnessOf.ts"

/** What the catalog shows of a listing. */
export function cardOf(listing: Listing): ProductCard {
  const { product, version, price, depth } = listing
  const { offering } = version
  return {
    id: product,
    title: offering.title,
    summary: offering.description ?? scenarioInWords(offering.scenario),
    kind: version.kind ?? "dp_aggregate",
    version: version.version,
    period: version.period,
    releasedRows: version.rows.value,
    price,
    freshness: freshnessOf(listing),
    depth: { score: depth, bits: version.bits.value },
    tradability: listing.market?.tradability ?? null,
    guarantee: { epsilon: version.epsilon, delta: version.delta, rho: version.rho.value }
  }
}

const scenarioInWords = ({ required }: Listing["version"]["offering"]["scenario"]): Label => ({
  zh: `按 ${required.join("、")} 汇总的加噪数据。`,
  en: `Noisy aggregates of ${required.join(", ")}.`
})
