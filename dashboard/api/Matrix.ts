import { Schema } from "effect"
import { Label } from "./Label.ts"

/** A measure over the pairs of two keys: noisy weights of the edges between them. From the released table only. */
export const Matrix = Schema.Struct({
  rowField: Label,
  columnField: Label,
  measure: Label,
  unit: Schema.String,
  /** The value of the key that tells kinds of rows apart, where there is one: the figure is about these rows. */
  facet: Schema.NullOr(Schema.String),
  rows: Schema.Array(Schema.String),
  columns: Schema.Array(Schema.String),
  /** Row by row; null where the release has no such pair. */
  values: Schema.Array(Schema.Array(Schema.NullOr(Schema.Finite))),
  /** Half width of the interval of one cell, and its confidence. */
  halfWidth: Schema.Finite,
  confidence: Schema.Finite
}).annotate({ identifier: "Matrix" })
export type Matrix = typeof Matrix.Type
