import type { Db } from "#core/records/Records.ts"
import type { ProductVersion } from "../product/ProductVersion.ts"
import { freshnessBand, priceBand, tradabilityBand } from "./searchBands.ts"

/** Writes what a product has one value of and what changes with time, in place of what it had, within the caller's transaction. */
export function writeBands(
  db: Db,
  id: number,
  { kind, currency, asOf }: Pick<ProductVersion, "kind" | "currency" | "asOf">,
  priceMinor: number,
  tradability: number | undefined,
  today: string
): void {
  db.run(
    `update search_product set kind = $kind, price_minor = $priceMinor, price_band = $priceBand, freshness_band = $freshness,
       tradability = $tradability, tradability_band = $tradabilityBand where id = $id`,
    {
      id,
      kind: kind ?? "dp_aggregate",
      priceMinor,
      priceBand: priceBand(priceMinor, currency),
      freshness: freshnessBand(asOf, today),
      tradability: tradability ?? null,
      tradabilityBand: tradability === undefined ? null : tradabilityBand(tradability)
    }
  )
}
