import type { Db } from "#core/records/Records.ts"
import { Refused } from "#core/Refused.ts"

/**
 * Stops what would sell or hand over a product that is suspended. The reason is named to nobody.
 *
 * @throws Refused `product.suspended`
 */
export function requireThawed(db: Db, product: string): void {
  if (db.get("select 1 as one from product_freeze where product = $product", { product }) === undefined) return
  throw new Refused({
    code: "product.suspended",
    message: `${product} is suspended and is being made again.`,
    fix: "Ask again after the next run; an order that was paid is then delivered the new version.",
    where: { field: "product" }
  })
}
