import { Schema } from "effect"

/** What a buyer declared of a version that was called back, signed by the house. */
export const RecallReceipt = Schema.Struct({
  /** Canonical JSON. */
  document: Schema.String,
  /** Ed25519 over the document, base64url. */
  signature: Schema.String,
  at: Schema.String
}).annotate({ identifier: "RecallReceipt" })
export type RecallReceipt = typeof RecallReceipt.Type
