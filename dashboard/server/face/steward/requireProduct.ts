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
    code: "life.unknown",
    message: "No version of this product was made yet.",
    fix: "Draw it in the designer, or choose one in the review.",
    where: { field: "product" }
  })
})
