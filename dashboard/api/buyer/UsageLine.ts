import { Schema } from "effect"

/** One counted use of a buyer. */
export const UsageLine = Schema.Struct({
  id: Schema.String,
  source: Schema.String,
  quantity: Schema.Int,
  at: Schema.String,
  /** The id that it corrects; null for a use. */
  corrects: Schema.NullOr(Schema.String)
}).annotate({ identifier: "UsageLine" })
export type UsageLine = typeof UsageLine.Type
