import type { Db } from "#core/records/Records.ts"
import { forecast } from "#pricing/dynamics/forecast.ts"
import type { PriceOnDay } from "#pricing/dynamics/forecast.ts"
import type { QuoteInputs } from "#pricing/quote/QuoteInputs.ts"
import { demandOfProduct } from "../demand/demandOfProduct.ts"
import type { ProductVersion } from "./ProductVersion.ts"
import { quoteInputsOf } from "./quoteInputsOf.ts"

/** ISO day on which the first version of a product went on sale. */
export const firstListed = (db: Db, product: string): string | undefined => versionsOf(db, product)[0]?.since

/**
 * The list price on each of some days, worked out again from what was known then; days before the first version are left out.
 *
 * @param days  ISO days, in order
 */
export function listPricesOn(db: Db, product: string, days: ReadonlyArray<string>): ReadonlyArray<PriceOnDay> {
  const versions = versionsOf(db, product)
  return days.flatMap((day) => {
    const found = versions.findLast(({ since }) => since <= day)
    if (found === undefined) return []
    return forecast(quoteInputsOf(found.stored, found.reference, demandOfProduct(db, product, day)), day, { days: 0 })
  })
}

const versionsOf = (db: Db, product: string) =>
  db
    .all<{ document: string; reference: string }>(
      `select v.document, p.reference from version_on_sale v join product p on p.name = v.product
       where v.product = $product order by v.seq`,
      { product }
    )
    .map(({ document, reference }) => {
      const stored = JSON.parse(document) as ProductVersion
      return {
        stored,
        since: stored.listedAt.slice(0, 10),
        reference: JSON.parse(reference) as QuoteInputs["reference"]
      }
    })
