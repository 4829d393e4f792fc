import { Schema } from "effect"

/** What proves to anyone who has the key that the log holds an entry. @source C2SP tlog-proof */
export const EntryProof = Schema.Struct({
  index: Schema.Int,
  entry: Schema.String,
  proof: Schema.String,
  key: Schema.String
}).annotate({ identifier: "EntryProof" })
export type EntryProof = typeof EntryProof.Type
