import { Schema } from "effect"
import { Role } from "../Role.ts"

/** A role that is lent to an account for some hours. */
export const ElevationEntry = Schema.Struct({
  id: Schema.String,
  name: Schema.String,
  role: Role,
  reason: Schema.String,
  hours: Schema.Int,
  askedAt: Schema.String,
  approvedBy: Schema.NullOr(Schema.String),
  endsAt: Schema.NullOr(Schema.String),
  state: Schema.Literals(["asked", "active", "ended"])
}).annotate({ identifier: "Elevation" })
export type ElevationEntry = typeof ElevationEntry.Type
