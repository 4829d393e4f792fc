import { Schema } from "effect"

/** The file behind a piece of evidence. */
export const EvidenceFile = Schema.Struct({
  name: Schema.String,
  /** SHA-256 of its bytes. */
  digest: Schema.String,
  /** Its bytes, in base64. */
  content: Schema.String
}).annotate({ identifier: "EvidenceFile" })
export type EvidenceFile = typeof EvidenceFile.Type
