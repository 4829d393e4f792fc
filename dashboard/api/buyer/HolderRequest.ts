import { Schema } from "effect"

/** Names the paid order or open trial that a credential is for. */
export const HolderRequest = Schema.Struct({
  holder: Schema.String.check(Schema.isPattern(/^[a-z0-9_]{5,60}$/))
}).annotate({ identifier: "HolderRequest" })
export type HolderRequest = typeof HolderRequest.Type
