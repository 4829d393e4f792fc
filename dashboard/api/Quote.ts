import { Schema } from "effect"
import { Label } from "./Label.ts"
import { Price } from "./Price.ts"
import { PriceTree } from "./PriceTree.ts"

const Part = Schema.Struct({
  columns: Schema.Array(Schema.String),
  slice: Schema.NullOr(Schema.String),
  /** Share of the version's rho; 1 for the version as it is. */
  accuracy: Schema.Finite
})

/** A price at which a version may be ordered until `expiresAt`. */
export const Quote = Schema.Struct({
  id: Schema.String,
  product: Schema.String,
  title: Label,
  version: Schema.String,
  /** What was quoted of the version, and what it is quoted against; null for the whole. */
  part: Schema.NullOr(Schema.Struct({ offer: Part, whole: Part })),
  price: Price,
  priceTree: PriceTree,
  issuedAt: Schema.String,
  expiresAt: Schema.String,
  /** SHA-256 of the quote's canonical JSON: `assay quote verify` recomputes it and the price. */
  hash: Schema.String
}).annotate({ identifier: "Quote" })
export type Quote = typeof Quote.Type
