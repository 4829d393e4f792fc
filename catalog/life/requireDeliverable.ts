import type { Db } from "#core/records/Records.ts"
import { Refused } from "#core/Refused.ts"
import type { ProductVersion } from "../product/ProductVersion.ts"
import { lifeStateOf } from "./lifeStateOf.ts"

/**
 * Stops the delivery of what is entitled to where a product was suspended and its rows are those of people: noisy figures and made-up rows go on
 * to the end of their terms, rows as they are wait.
 *
 * @throws Refused `product.suspended`
 */
export function requireDeliverable(db: Db, { product, kind }: ProductVersion): void {
  if (kind !== "consented" || lifeStateOf(db, product) !== "suspended") return
  throw new Refused({
    code: "product.suspended",
    message: `${product} is suspended, and its rows are not handed over meanwhile.`,
    fix: "Ask again when it is listed again; the inbox says when.",
    where: { field: "product" }
  })
}
