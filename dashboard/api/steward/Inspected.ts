import { Schema } from "effect"

const Counts = Schema.Record(Schema.String, Schema.Int)

/** What a look at a file found: names, kinds and counts, and never a value. */
export const Inspected = Schema.Struct({
  yaml: Schema.String,
  streams: Schema.Array(
    Schema.Struct({
      stream: Schema.String,
      file: Schema.String,
      format: Schema.String,
      encoding: Schema.String,
      delimiter: Schema.optionalKey(Schema.String),
      header: Schema.optionalKey(Schema.Boolean),
      rows: Schema.Int,
      badRows: Schema.Int,
      duplicateRows: Schema.Int,
      multilineRows: Schema.Int,
      keys: Schema.Array(Schema.Array(Schema.String)),
      nearKeys: Schema.Array(Schema.Struct({ fields: Schema.Array(Schema.String), doubled: Schema.Int })),
      columns: Schema.Array(
        Schema.Struct({
          name: Schema.String,
          type: Schema.String,
          format: Schema.optionalKey(Schema.String),
          present: Schema.Int,
          missing: Schema.Int,
          distinct: Schema.Int,
          markers: Counts,
          failing: Schema.Int,
          strayBlanks: Schema.Int,
          variants: Schema.Int,
          leadingZeros: Schema.Int,
          identifiers: Counts,
          named: Schema.optionalKey(Schema.String)
        })
      )
    })
  ),
  refused: Schema.Array(Schema.Struct({ file: Schema.String, message: Schema.String }))
}).annotate({ identifier: "Inspected" })
export type Inspected = typeof Inspected.Type
