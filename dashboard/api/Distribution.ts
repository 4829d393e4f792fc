import { Schema } from "effect"
import { Label } from "./Label.ts"

/** A measure over the values of one key, with the interval that the noise leaves. From the released table only. */
export const Distribution = Schema.Struct({
  field: Label,
  measure: Label,
  unit: Schema.String,
  /** The value of the key that tells kinds of rows apart, where there is one: the figure is about these rows. */
  facet: Schema.NullOr(Schema.String),
  /** Share of intervals that hold the true value, such as 0.95. */
  confidence: Schema.Finite,
  /** In the key's own order when `ordered`, else largest first. */
  ordered: Schema.Boolean,
  bars: Schema.Array(
    Schema.Struct({ key: Schema.String, value: Schema.Finite, low: Schema.Finite, high: Schema.Finite })
  ),
  /** Values of the key that are not shown. */
  omitted: Schema.Int
}).annotate({ identifier: "Distribution" })
export type Distribution = typeof Distribution.Type
