import { Schema } from "effect"

/** A one-time link for exactly one customer. */
export const Invitation = Schema.Struct({
  /** Path and fragment of the address on this server; shown once, works once, within ten minutes. */
  address: Schema.String
}).annotate({ identifier: "Invitation" })
export type Invitation = typeof Invitation.Type
