import { Schema } from "effect"

/** A page of the log's entries, newest first; `next` is where the page before begins, null at the first entry. */
export const LogEntries = Schema.Struct({
  entries: Schema.Array(
    Schema.Struct({
      index: Schema.Int,
      type: Schema.String,
      operation: Schema.String,
      epoch: Schema.Int,
      commitment: Schema.String
    })
  ),
  next: Schema.NullOr(Schema.Int)
}).annotate({ identifier: "LogEntries" })
export type LogEntries = typeof LogEntries.Type
