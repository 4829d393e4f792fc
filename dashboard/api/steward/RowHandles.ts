import { Schema } from "effect"

/** Rows of an asset by names that say nothing: keyed hashes of what names them. The same rows each time. */
export const RowHandles = Schema.Struct({
  asset: Schema.String,
  grain: Schema.Array(Schema.String),
  handles: Schema.Array(Schema.String)
}).annotate({ identifier: "RowHandles" })
export type RowHandles = typeof RowHandles.Type
