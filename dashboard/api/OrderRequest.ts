import { Schema } from "effect"

/** Orders what a quote offers, at its price. */
export const OrderRequest = Schema.Struct({
  quote: Schema.String.check(Schema.isPattern(/^[a-z]{2,8}_[0-9a-z]{10,60}$/))
}).annotate({ identifier: "OrderRequest" })
export type OrderRequest = typeof OrderRequest.Type
