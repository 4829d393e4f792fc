import { Schema } from "effect"

/** What one column is made from and what is made of it; `*` stands for every column of an asset. */
export const ColumnLineage = Schema.Struct({
  asset: Schema.String,
  column: Schema.String,
  nodes: Schema.Array(Schema.Struct({ id: Schema.String, asset: Schema.String, column: Schema.String })),
  edges: Schema.Array(
    Schema.Struct({
      from: Schema.String,
      to: Schema.String,
      type: Schema.Literals(["DIRECT", "INDIRECT"]),
      how: Schema.String
    })
  )
}).annotate({ identifier: "ColumnLineage" })
export type ColumnLineage = typeof ColumnLineage.Type
