import { Schema } from "effect"
import { Label } from "../Label.ts"
import { Price } from "../Price.ts"
import { PriceTree } from "../PriceTree.ts"

/** What a product costs now, and why: all that a page of others is told of it. */
export const PublicPrice = Schema.Struct({
  product: Schema.String,
  title: Label,
  version: Schema.String,
  at: Schema.String,
  price: Price,
  priceTree: PriceTree
}).annotate({ identifier: "PublicPrice" })
export type PublicPrice = typeof PublicPrice.Type
