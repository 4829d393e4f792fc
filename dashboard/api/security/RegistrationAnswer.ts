import { Schema } from "effect"
import { Token } from "./Token.ts"

/** What the browser made, as WebAuthn has it, with a name for it. */
export const RegistrationAnswer = Schema.Struct({
  invitation: Schema.optionalKey(Token),
  label: Schema.String.check(Schema.isPattern(/^[^\p{C}]{1,60}$/u)),
  response: Schema.Record(Schema.String, Schema.Unknown)
}).annotate({ identifier: "RegistrationAnswer" })
export type RegistrationAnswer = typeof RegistrationAnswer.Type
