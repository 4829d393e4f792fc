import { Schema } from "effect"

/** The token of a one-time link: 256 random bits in base64url. */
export const SignIn = Schema.Struct({
  token: Schema.String.check(Schema.isPattern(/^[A-Za-z0-9_-]{43}$/))
}).annotate({ identifier: "SignIn" })
export type SignIn = typeof SignIn.Type
