import { Schema } from "effect"
import { Role } from "../Role.ts"

/** An open session of the caller. */
export const SessionEntry = Schema.Struct({
  id: Schema.String,
  role: Role,
  method: Schema.Literals(["link", "passkey"]),
  signedInAt: Schema.String,
  verifiedAt: Schema.String,
  endsAt: Schema.String,
  current: Schema.Boolean
}).annotate({ identifier: "SessionEntry" })
export type SessionEntry = typeof SessionEntry.Type
