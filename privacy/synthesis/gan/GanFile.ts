import { Schema } from "effect"
import { NoisyMarginals } from "../manifest/NoisyMarginals.ts"

const Whole = Schema.Int.check(Schema.isGreaterThanOrEqualTo(0))

/** Numbers as base64 of their little-endian bytes, so that not a bit of them is lost. */
const Layer = Schema.Struct({ inputs: Whole, outputs: Whole, weights: Schema.String, bias: Schema.String })

/**
 * A trained generator with all that its rows need: whoever holds it makes the file again byte for byte, or other rows, without the
 * source. It is a private release as the rows are: training paid for it, and nothing of the table is in it beyond that.
 */
export const GanFile = Schema.Struct({
  format: Schema.Literal("assay-gan-weights/1"),
  columns: NoisyMarginals.fields.columns,
  keys: NoisyMarginals.fields.keys,
  rules: NoisyMarginals.fields.rules,
  /** noisy number of rows */
  total: Schema.Finite,
  /** of 32-bit floats */
  layers: Schema.Struct({ latent: Layer, condition: Layer, middle: Layer, last: Layer }),
  /** of doubles, one text a column */
  cumulative: Schema.Array(Schema.String)
})
export type GanFile = typeof GanFile.Type
