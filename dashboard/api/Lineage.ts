import { Schema } from "effect"

/** What something is made from, as anybody may know it: names and kinds of assets. No count, no time, no state, nothing of a row. */
export const Lineage = Schema.Struct({
  /** The asset that it ends in. */
  of: Schema.String,
  nodes: Schema.Array(
    Schema.Struct({
      key: Schema.String,
      group: Schema.String,
      kind: Schema.String,
      /** Noise was added here, or rows were made up: record-level lineage ends. */
      barrier: Schema.Boolean
    })
  ),
  edges: Schema.Array(Schema.Struct({ from: Schema.String, to: Schema.String }))
}).annotate({ identifier: "Lineage" })
export type Lineage = typeof Lineage.Type
