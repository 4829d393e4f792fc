import { Schema } from "effect"

/** A run as a list shows it. */
export const Run = Schema.Struct({
  id: Schema.String,
  kind: Schema.Literals(["make", "check"]),
  selection: Schema.String,
  startedAt: Schema.String,
  finishedAt: Schema.NullOr(Schema.String),
  state: Schema.Literals(["running", "done", "failed"]),
  resumes: Schema.NullOr(Schema.String),
  made: Schema.Int,
  skipped: Schema.Int,
  failed: Schema.Int,
  planned: Schema.Int
}).annotate({ identifier: "Run" })
export type Run = typeof Run.Type
