import { Effect } from "effect"
import { Products } from "#pipelines/release/Products.ts"
import type { Label } from "../../../api/Label.ts"

/** What the products of the house are called, by the asset that is released. */
export const productTitles = Effect.gen(function* () {
  const products = yield* Products
  const all = [...(yield* products.definitions), ...(yield* products.consented)]
  return new Map(all.map(({ product, title }): readonly [string, Label] => [`release.${product}`, title]))
})
