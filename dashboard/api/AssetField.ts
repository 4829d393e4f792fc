import { Schema } from "effect"

/** A column of an asset with what its sources declare of it, and how clearly its values may be shown to the caller. A hidden one is left out. */
export const AssetField = Schema.Struct({
  name: Schema.String,
  type: Schema.String,
  tags: Schema.Array(Schema.String),
  mask: Schema.Literals(["plain", "bucket", "first", "few", "hash", "null"])
}).annotate({ identifier: "AssetField" })
export type AssetField = typeof AssetField.Type
