import { Schema } from "effect"

/** Asks for the price of a product's current version, or of one offer of its menu. */
export const QuoteRequest = Schema.Struct({
  product: Schema.String.check(Schema.isPattern(/^[a-z0-9][a-z0-9_-]{0,79}$/)),
  offer: Schema.optionalKey(Schema.String.check(Schema.isMaxLength(300)))
}).annotate({ identifier: "QuoteRequest" })
export type QuoteRequest = typeof QuoteRequest.Type
