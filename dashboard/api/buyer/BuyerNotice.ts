import { Schema } from "effect"
import { Label } from "../Label.ts"

/** Something that happened to a product that the buyer is entitled to. */
export const BuyerNotice = Schema.Struct({
  id: Schema.String,
  kind: Schema.Literals(["recall", "price", "deprecation", "breaking", "suspension", "resumption", "retirement"]),
  product: Schema.String,
  version: Schema.NullOr(Schema.String),
  at: Schema.String,
  text: Label,
  readAt: Schema.NullOr(Schema.String)
}).annotate({ identifier: "BuyerNotice" })
export type BuyerNotice = typeof BuyerNotice.Type
