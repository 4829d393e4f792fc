import { Schema } from "effect"
import { Role } from "../Role.ts"

/** Asks for another role for at most 8 hours. */
export const ElevationRequest = Schema.Struct({
  role: Role,
  reason: Schema.String.check(Schema.isPattern(/^[^\p{C}]{8,400}$/u)),
  hours: Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 8 }))
}).annotate({ identifier: "ElevationRequest" })
export type ElevationRequest = typeof ElevationRequest.Type
