import { Schema } from "effect"
import { Token } from "./Token.ts"

/** Asks to make a passkey: with an invitation, or for the account that is signed in. */
export const Registration = Schema.Struct({ invitation: Schema.optionalKey(Token) }).annotate({
  identifier: "Registration"
})
export type Registration = typeof Registration.Type
