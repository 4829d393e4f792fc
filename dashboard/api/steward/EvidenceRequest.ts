import { Schema } from "effect"

/** A file that a steward puts on record, and what it says of an item; a file in YAML or JSON says that itself. */
export const EvidenceRequest = Schema.Struct({
  /** An item or gate, or `all` that an assessment in YAML or JSON speaks of. */
  item: Schema.String.check(Schema.isMaxLength(40)),
  name: Schema.NonEmptyString.check(Schema.isMaxLength(160)),
  /** Its bytes, in base64. */
  content: Schema.NonEmptyString.check(Schema.isMaxLength(5_700_000)),
  /** 0 to 1; for a gate 1 passes. */
  value: Schema.optionalKey(Schema.Finite),
  note: Schema.optionalKey(Schema.String.check(Schema.isMaxLength(500))),
  /** Days that it holds. */
  days: Schema.optionalKey(Schema.Int)
}).annotate({ identifier: "EvidenceRequest" })
export type EvidenceRequest = typeof EvidenceRequest.Type
