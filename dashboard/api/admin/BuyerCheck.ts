import { Schema } from "effect"

/** Who a buyer is in law, who checked it on what, and who confirmed it. */
export const BuyerCheck = Schema.Struct({
  buyer: Schema.String,
  legalEntity: Schema.String,
  country: Schema.String,
  taxId: Schema.NullOr(Schema.String),
  /** Section of GB/T 4754. */
  industry: Schema.NullOr(Schema.String),
  by: Schema.String,
  evidence: Schema.String,
  at: Schema.String,
  confirmedBy: Schema.NullOr(Schema.String),
  confirmedAt: Schema.NullOr(Schema.String)
}).annotate({ identifier: "BuyerCheck" })
export type BuyerCheck = typeof BuyerCheck.Type
