import type { Db } from "#core/records/Records.ts"
import { unknownProduct } from "../product/unknownProduct.ts"
import type { ProductVersion } from "../product/ProductVersion.ts"

/**
 * The newest version of a product that has anything to sell: on sale, or waiting for its approval; undefined where there is none.
 *
 * @throws BadInput if there is no such product
 */
export function candidateOf(db: Db, product: string): ProductVersion | undefined {
  const found = db.get<{ document: string }>(
    "select document from product_version where product = $product and status = 'listed' order by seq desc limit 1",
    { product }
  )
  if (found !== undefined) return JSON.parse(found.document) as ProductVersion
  if (db.get("select 1 as one from product where name = $product", { product }) === undefined)
    throw unknownProduct(db, product)
  return undefined
}
