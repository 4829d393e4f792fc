import { Schema } from "effect"
import { Label } from "./Label.ts"
import { Price } from "./Price.ts"
import { PriceTree } from "./PriceTree.ts"

/** A price at which a version may be ordered until `expiresAt`. */
export const Quote = Schema.Struct({
  id: Schema.String,
  product: Schema.String,
  title: Label,
  version: Schema.String,
  price: Price,
  priceTree: PriceTree,
  issuedAt: Schema.String,
  expiresAt: Schema.String,
  /** SHA-256 of the quote's canonical JSON: `assay quote verify` recomputes it and the price. */
  hash: Schema.String
}).annotate({ identifier: "Quote" })
export type Quote = typeof Quote.Type
