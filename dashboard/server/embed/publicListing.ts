import { Effect } from "effect"
import { Refused } from "#core/Refused.ts"
import { Records } from "#core/records/Records.ts"
import { requireOnSale } from "#catalog/life/requireOnSale.ts"
import { Catalog } from "#catalog/product/Catalog.ts"

/** A product that anybody may hear of: it is listed, and its rows are not meant for one recipient alone. */
export const publicListing = Effect.fn("publicListing")(function* (product: string) {
  const listing = yield* (yield* Catalog).show(product)
  yield* (yield* Records).read((db) => requireOnSale(db, product))
  if (listing.version.consented === undefined) return listing
  return yield* new Refused({
    code: "embed.consented",
    message: "Rows that their subjects permitted to one recipient are not shown to others.",
    fix: "Choose a product of noisy figures or of made-up rows."
  })
})
