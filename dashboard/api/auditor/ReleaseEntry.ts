import { Schema } from "effect"
import { Label } from "../Label.ts"

/** A release as its certificate tells it. */
export const ReleaseEntry = Schema.Struct({
  id: Schema.String,
  product: Schema.String,
  title: Label,
  version: Schema.String,
  period: Schema.String,
  kind: Schema.Literals(["dp_aggregate", "synthetic", "consented"]),
  rho: Schema.Number,
  epsilon: Schema.Number,
  delta: Schema.Number,
  artefact: Schema.String,
  issuedAt: Schema.String,
  withheld: Schema.Boolean
}).annotate({ identifier: "ReleaseEntry" })
export type ReleaseEntry = typeof ReleaseEntry.Type
