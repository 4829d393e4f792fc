import { Schema } from "effect"

/** Asks for the price of a product's current version. */
export const QuoteRequest = Schema.Struct({
  product: Schema.String.check(Schema.isPattern(/^[a-z0-9][a-z0-9_-]{0,79}$/))
}).annotate({ identifier: "QuoteRequest" })
export type QuoteRequest = typeof QuoteRequest.Type
