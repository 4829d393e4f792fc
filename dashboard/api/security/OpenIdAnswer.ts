import { Schema } from "effect"
import { Role } from "../Role.ts"
import { Token } from "./Token.ts"

/** What the browser came back with; `role` for an account that has several. */
export const OpenIdAnswer = Schema.Struct({
  ticket: Token,
  state: Token,
  code: Schema.String.check(Schema.isPattern(/^[\x21-\x7e]{1,2048}$/)),
  iss: Schema.optionalKey(Schema.String.check(Schema.isPattern(/^https?:\/\/[\x21-\x7e]{1,500}$/))),
  role: Schema.optionalKey(Role)
}).annotate({ identifier: "OpenIdAnswer" })
export type OpenIdAnswer = typeof OpenIdAnswer.Type
