import type { Db } from "#core/records/Records.ts"
import { Refused } from "#core/Refused.ts"
import { lifeStateOf } from "./lifeStateOf.ts"
import type { LifeState } from "./LifeState.ts"

/**
 * Stops what would sell a product that is not listed. What was sold before goes on as its terms say: see `requireDeliverable`.
 *
 * @throws Refused `product.not-listed`
 */
export function requireOnSale(db: Db, product: string): void {
  const state = lifeStateOf(db, product)
  if (state === "listed") return
  const successor = db.get<{ successor: string | null }>(
    "select successor from product_life where product = $product",
    {
      product
    }
  )?.successor
  throw new Refused({
    code: "product.not-listed",
    message: `${product} ${why[state]}`,
    fix:
      successor === undefined || successor === null
        ? fixes[state](product)
        : `${successor} takes its place: ask for a quote of that.`,
    where: { field: "product" }
  })
}

const why: Readonly<Record<Exclude<LifeState, "listed">, string>> = {
  draft: "is a draft: it was not assessed and is not for sale.",
  assessed: "waits for its approval and is not for sale yet.",
  registered: "is registered but not listed, and not for sale yet.",
  suspended: "is suspended: nothing of it is sold for now.",
  deprecated: "is deprecated: nothing of it is sold any more.",
  retired: "is retired: nothing of it is sold any more."
}

const review = (product: string): string => `assay product review ${product} shows what it waits for.`
const other = (): string => "assay product list shows what is for sale."
const fixes: Readonly<Record<Exclude<LifeState, "listed">, (product: string) => string>> = {
  draft: (product) => `A steward submits it with: assay product submit ${product} --by NAME`,
  assessed: review,
  registered: review,
  suspended: review,
  deprecated: other,
  retired: other
}
