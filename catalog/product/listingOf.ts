import type { Db } from "#core/records/Records.ts"
import type { Listing } from "./Catalog.ts"
import { listingOfVersion } from "./listingOfVersion.ts"
import type { ProductVersion } from "./ProductVersion.ts"
import { unknownVersion } from "./unknownVersion.ts"

/**
 * A product at its newest version on sale, or at the one asked for, with the price of the moment. Whether the product is on sale is another
 * question: see `requireOnSale`.
 *
 * @throws BadInput if there is no such version
 */
export function listingOf(db: Db, product: string, version: string | undefined, at: string): Listing {
  const found = db.get<{ document: string }>(
    `select document from version_on_sale where product = $product and version = coalesce($version, version)
     order by seq desc limit 1`,
    { product, version: version ?? null }
  )
  if (found === undefined) throw unknownVersion(db, product, version)
  return listingOfVersion(db, JSON.parse(found.document) as ProductVersion, at)
}
