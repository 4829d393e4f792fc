import { Schema } from "effect"

/** Where a product is after a decision. */
export const Decided = Schema.Struct({ product: Schema.String, state: Schema.String }).annotate({
  identifier: "StewardDecided"
})
export type Decided = typeof Decided.Type
