import type { Db } from "#core/records/Records.ts"
import { listingOfVersion } from "../product/listingOfVersion.ts"
import type { ProductVersion } from "../product/ProductVersion.ts"
import { assessedIndex } from "./assessedIndex.ts"
import { writeBands } from "./writeBands.ts"

/** A larger catalogue keeps the bands of the day on which each product was listed. */
const most = 5000

/** Brings prices, ages and indexes in the search index up to a day, so that what is found in a band is shown in it. */
export function refreshSearch(db: Db, at: string): void {
  const listed = db.all<{ id: number; document: string }>(
    `select p.id, v.document from search_product p join product_version v on v.id = p.version_id
     where exists (select 1 from product o where o.name = p.product and o.reference is not null) limit ${most + 1}`
  )
  if (listed.length > most) return
  for (const { id, document } of listed) {
    const version = JSON.parse(document) as ProductVersion
    const { price } = listingOfVersion(db, version, at)
    writeBands(db, id, version, price.minor, assessedIndex(db, version.product)?.index, at)
  }
}
