import { Schema } from "effect"

/** Asks for a token: what it shows, on whose pages, for how many days. */
export const EmbedRequest = Schema.Struct({
  kind: Schema.Literals(["product", "asset"]),
  target: Schema.String.check(Schema.isPattern(/^[a-z0-9][a-z0-9_.-]{0,119}$/)),
  origins: Schema.Array(Schema.String.check(Schema.isMaxLength(200))).check(
    Schema.isMinLength(1),
    Schema.isMaxLength(8)
  ),
  days: Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 366 }))
}).annotate({ identifier: "EmbedRequest" })
export type EmbedRequest = typeof EmbedRequest.Type
