import { Schema } from "effect"

/** The policies that were in force from a time on. */
export const AccessPolicies = Schema.Struct({
  digest: Schema.String,
  since: Schema.String,
  policies: Schema.Record(Schema.String, Schema.String)
}).annotate({ identifier: "AccessPolicies" })
export type AccessPolicies = typeof AccessPolicies.Type
