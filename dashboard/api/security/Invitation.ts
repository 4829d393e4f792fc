import { Schema } from "effect"
import { AccountName } from "./AccountName.ts"

/** Whom to invite: an active account; from a steward a customer, with the ordinal of the subject that they are. */
export const Invitation = Schema.Struct({
  name: AccountName,
  subject: Schema.optionalKey(Schema.Int.check(Schema.isGreaterThan(0)))
}).annotate({ identifier: "Invitation" })
export type Invitation = typeof Invitation.Type
