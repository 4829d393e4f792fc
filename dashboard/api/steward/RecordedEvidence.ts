import { Schema } from "effect"

/** What was put on record, and under which digest its file is kept. */
export const RecordedEvidence = Schema.Array(
  Schema.Struct({ evidence: Schema.String, item: Schema.String, digest: Schema.String })
).annotate({ identifier: "RecordedEvidence" })
export type RecordedEvidence = typeof RecordedEvidence.Type
