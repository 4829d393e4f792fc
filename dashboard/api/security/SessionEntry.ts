import { Schema } from "effect"
import { Role } from "../Role.ts"

/** An open session of the caller. */
export const SessionEntry = Schema.Struct({
  id: Schema.String,
  role: Role,
  method: Schema.Literals(["link", "passkey", "openid"]),
  signedInAt: Schema.String,
  /** Null for who has not shown here that it is them, since their company's service vouched for them. */
  verifiedAt: Schema.NullOr(Schema.String),
  endsAt: Schema.String,
  current: Schema.Boolean
}).annotate({ identifier: "SessionEntry" })
export type SessionEntry = typeof SessionEntry.Type
