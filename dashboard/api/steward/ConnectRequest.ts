import { Schema } from "effect"

/** A source over files of one folder of the inbox's listing, as a source file would declare it. */
export const ConnectRequest = Schema.Struct({
  folder: Schema.String,
  source: Schema.String,
  streams: Schema.Array(Schema.Unknown)
}).annotate({ identifier: "ConnectRequest" })
export type ConnectRequest = typeof ConnectRequest.Type
