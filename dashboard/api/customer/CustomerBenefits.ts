import { Schema } from "effect"
import { Label } from "../Label.ts"

/** What a customer earned by what they permit; amounts in millionths of the currency's minor unit. */
export const CustomerBenefits = Schema.Struct({
  totals: Schema.Array(Schema.Struct({ currency: Schema.String, micro: Schema.Int })),
  lines: Schema.Array(
    Schema.Struct({
      month: Schema.String,
      product: Schema.String,
      title: Label,
      version: Schema.String,
      purpose: Label,
      categories: Schema.Array(Label),
      currency: Schema.String,
      micro: Schema.Int
    })
  ),
  /** What a sale brings at most, by kind of data and purpose; null while no tariff was set. */
  tariff: Schema.NullOr(
    Schema.Struct({
      currency: Schema.String,
      since: Schema.String,
      lines: Schema.Array(Schema.Struct({ category: Label, purpose: Label, perSale: Schema.String }))
    })
  )
}).annotate({ identifier: "CustomerBenefits" })
export type CustomerBenefits = typeof CustomerBenefits.Type
