import type { Db } from "#core/records/Records.ts"
import type { LifeState } from "./LifeState.ts"

/** Where a product is in its life; one of which no row speaks is a draft. */
export const lifeStateOf = (db: Db, product: string): LifeState =>
  db.get<{ state: LifeState }>("select state from product_life where product = $product", { product })?.state ?? "draft"
