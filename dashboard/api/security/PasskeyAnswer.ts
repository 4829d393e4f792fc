import { Schema } from "effect"
import { Role } from "../Role.ts"

/** What a passkey signed, as WebAuthn has it; `role` for an account that has several. */
export const PasskeyAnswer = Schema.Struct({
  response: Schema.Record(Schema.String, Schema.Unknown),
  role: Schema.optionalKey(Role)
}).annotate({ identifier: "PasskeyAnswer" })
export type PasskeyAnswer = typeof PasskeyAnswer.Type
