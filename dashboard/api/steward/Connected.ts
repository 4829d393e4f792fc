import { Schema } from "effect"

/** A source that was connected; a run lands its rows. */
export const Connected = Schema.Struct({ source: Schema.String, streams: Schema.Array(Schema.String) }).annotate({
  identifier: "Connected"
})
export type Connected = typeof Connected.Type
