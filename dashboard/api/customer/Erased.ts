import { Schema } from "effect"

/** What an erasure did. */
export const Erased = Schema.Struct({
  operation: Schema.String,
  epoch: Schema.Int,
  rows: Schema.Int,
  tables: Schema.Int
}).annotate({ identifier: "Erased" })
export type Erased = typeof Erased.Type
