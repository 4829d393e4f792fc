import { Effect } from "effect"
import { BadInput } from "#core/BadInput.ts"
import { Records } from "#core/records/Records.ts"

/** Fails for a product that no version was ever made of. */
export const requireProduct = Effect.fnUntraced(function* (product: string) {
  const found = yield* (yield* Records).read((db) =>
    db.get("select 1 as one from product where name = $product", { product })
  )
  if (found !== undefined) return
  return yield* new BadInput({
    code: "product.unknown",
    message: "There is no such product with a version.",
    fix: "Choose one in the list of products and their lives.",
    where: { field: "product" }
  })
})
