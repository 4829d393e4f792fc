import { Schema } from "effect"

/** How many values of a column look like an identifier, of a sample of rows; fewer than ten are not told apart from none. */
export const IdentifierScan = Schema.Struct({
  asset: Schema.String,
  sampled: Schema.Int,
  columns: Schema.Array(
    Schema.Struct({
      column: Schema.String,
      found: Schema.Array(Schema.Struct({ kind: Schema.String, share: Schema.Finite }))
    })
  )
}).annotate({ identifier: "IdentifierScan" })
export type IdentifierScan = typeof IdentifierScan.Type
