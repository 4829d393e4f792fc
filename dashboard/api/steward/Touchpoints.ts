import { Schema } from "effect"

/** In which stage customers are met in which way: numbers of subjects in steps of ten, null below ten. */
export const Touchpoints = Schema.Struct({
  asset: Schema.String,
  madeAt: Schema.NullOr(Schema.String),
  types: Schema.Array(Schema.String),
  stages: Schema.Array(Schema.String),
  subjects: Schema.Array(Schema.Array(Schema.NullOr(Schema.Int)))
}).annotate({ identifier: "Touchpoints" })
export type Touchpoints = typeof Touchpoints.Type
