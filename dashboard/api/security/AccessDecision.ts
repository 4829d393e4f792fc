import { Schema } from "effect"

/** A decision on access; equal ones within half a second are one, `times` many. */
export const AccessDecision = Schema.Struct({
  seq: Schema.Int,
  at: Schema.String,
  name: Schema.String,
  role: Schema.String,
  action: Schema.String,
  resource: Schema.String,
  allowed: Schema.Boolean,
  because: Schema.String,
  policies: Schema.String,
  times: Schema.Int
}).annotate({ identifier: "AccessDecision" })
export type AccessDecision = typeof AccessDecision.Type
