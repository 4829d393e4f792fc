import { Schema } from "effect"

/** What reading every byte of the log found, and whether the records are what it says. */
export const Verification = Schema.Struct({
  at: Schema.String,
  millis: Schema.Int,
  sound: Schema.Boolean,
  size: Schema.Int,
  root: Schema.String,
  /** The first entry that cannot be trusted, and the file that shows it. */
  firstBad: Schema.NullOr(Schema.Int),
  file: Schema.NullOr(Schema.String),
  /** Rows of the records that were held against the log, and those that differ. */
  compared: Schema.Int,
  differences: Schema.Array(Schema.Struct({ what: Schema.String, type: Schema.String, operation: Schema.String }))
}).annotate({ identifier: "Verification" })
export type Verification = typeof Verification.Type
