import { Schema } from "effect"

/** A link to register a passkey; works once, within a day. */
export const InvitationLink = Schema.Struct({ link: Schema.String }).annotate({ identifier: "InvitationLink" })
export type InvitationLink = typeof InvitationLink.Type
