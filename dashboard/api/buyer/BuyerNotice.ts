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
  facts: Schema.Record(Schema.String, Schema.NullOr(Schema.Union([Schema.String, Schema.Finite]))),
  /** Of a recall: its order, and when the buyer declared that nothing is left. */
  recall: Schema.NullOr(
    Schema.Struct({ id: Schema.String, order: Schema.String, attestedAt: Schema.NullOr(Schema.String) })
  ),
  readAt: Schema.NullOr(Schema.String)
}).annotate({ identifier: "BuyerNotice" })
export type BuyerNotice = typeof BuyerNotice.Type
