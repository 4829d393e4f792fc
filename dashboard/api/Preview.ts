import { Schema } from "effect"

/** The one fixed look into a version: at most 5 % of its rows and at most 20, always the same ones. */
export const Preview = Schema.Struct({
  columns: Schema.Array(Schema.String),
  rows: Schema.Array(Schema.Array(Schema.NullOr(Schema.Union([Schema.String, Schema.Finite, Schema.Boolean])))),
  /** Rows of the released version. */
  of: Schema.Int
}).annotate({ identifier: "Preview" })
export type Preview = typeof Preview.Type
