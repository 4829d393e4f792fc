import { Schema } from "effect"

/** Why a buyer is barred. */
export const BlockRequest = Schema.Struct({
  reason: Schema.String.check(Schema.isPattern(/^[^\p{C}]{2,200}$/u))
}).annotate({ identifier: "BlockRequest" })
export type BlockRequest = typeof BlockRequest.Type
