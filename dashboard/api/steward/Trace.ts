import { Schema } from "effect"

/** Rows back to their raw events, or events forward to what was made of them; ids, counts and times, no value. */
export const Trace = Schema.Struct({
  back: Schema.NullOr(
    Schema.Struct({
      asset: Schema.String,
      rows: Schema.Int,
      /** The asset is stale: its trace follows its inputs as they are now. */
      stale: Schema.Boolean,
      events: Schema.Int
    })
  ),
  /** At most two hundred, in order of arrival. */
  events: Schema.Array(
    Schema.Struct({ id: Schema.String, asset: Schema.String, batch: Schema.String, ingestedAt: Schema.String })
  ),
  /** Every asset that holds something made of these events; `rows` is null where rows cannot be followed. */
  forward: Schema.Array(
    Schema.Struct({ asset: Schema.String, rows: Schema.NullOr(Schema.Int), barrier: Schema.Boolean })
  )
}).annotate({ identifier: "Trace" })
export type Trace = typeof Trace.Type
