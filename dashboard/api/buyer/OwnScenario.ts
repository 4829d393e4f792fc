import { Schema } from "effect"
import { Label } from "../Label.ts"

/** A scenario of the buyer, and how well what is on sale fits it now. */
export const OwnScenario = Schema.Struct({
  name: Schema.String,
  purpose: Schema.String,
  declaredAt: Schema.String,
  fits: Schema.Array(Schema.Struct({ product: Schema.String, title: Label, fit: Schema.Finite, gate: Schema.Boolean }))
}).annotate({ identifier: "OwnScenario" })
export type OwnScenario = typeof OwnScenario.Type
