import { Schema } from "effect"
import { Role } from "../Role.ts"
import { AccountName } from "./AccountName.ts"

/** A new account, for another admin to approve. */
export const AccountProposal = Schema.Struct({
  name: AccountName,
  roles: Schema.Array(Role).check(Schema.isMinLength(1), Schema.isMaxLength(6))
}).annotate({ identifier: "AccountProposal" })
export type AccountProposal = typeof AccountProposal.Type
