import { Schema } from "effect"
import { Token } from "./Token.ts"

/** Where the browser goes to sign in, and the ticket that it keeps until it comes back. */
export const OpenIdBegun = Schema.Struct({ address: Schema.String, ticket: Token }).annotate({
  identifier: "OpenIdBegun"
})
export type OpenIdBegun = typeof OpenIdBegun.Type
