import { Schema } from "effect"

const Line = Schema.Struct({
  product: Schema.String,
  version: Schema.String,
  /** `licence` for what was bought whole, else the meter. */
  meter: Schema.String,
  period: Schema.String,
  quantity: Schema.String,
  tiers: Schema.Array(
    Schema.Struct({
      from: Schema.String,
      upTo: Schema.NullOr(Schema.String),
      quantity: Schema.String,
      minor: Schema.Int
    })
  ),
  /** The quote or tariff that fixed the price, with the hash of its text. */
  priceSnapshot: Schema.Struct({ id: Schema.String, hash: Schema.String }),
  /** The order, or the hash over the metered events. */
  evidence: Schema.String,
  net: Schema.Int,
  taxBasisPoints: Schema.Int,
  tax: Schema.Int
})

/** An invoice or credit note as it was issued; amounts in minor units of its currency. */
export const Invoice = Schema.Struct({
  number: Schema.String,
  kind: Schema.Literals(["invoice", "credit note"]),
  buyer: Schema.Struct({
    buyer: Schema.String,
    legalEntity: Schema.optionalKey(Schema.String),
    country: Schema.optionalKey(Schema.String),
    taxId: Schema.optionalKey(Schema.NullOr(Schema.String))
  }),
  period: Schema.String,
  currency: Schema.String,
  issuedAt: Schema.String,
  lines: Schema.Array(Line),
  net: Schema.Int,
  tax: Schema.Int,
  gross: Schema.Int,
  credits: Schema.optionalKey(Schema.Struct({ number: Schema.String, reason: Schema.String }))
}).annotate({ identifier: "Invoice" })
export type Invoice = typeof Invoice.Type
