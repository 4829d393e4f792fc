import { Schema } from "effect"
import { Role } from "../Role.ts"

/** An account that may sign in, or that was proposed or removed. */
export const Account = Schema.Struct({
  name: Schema.String,
  roles: Schema.Array(Role),
  state: Schema.Literals(["proposed", "active", "removed"]),
  addedBy: Schema.String,
  approvedBy: Schema.NullOr(Schema.String),
  addedAt: Schema.String,
  passkeys: Schema.Int
}).annotate({ identifier: "Account" })
export type Account = typeof Account.Type
