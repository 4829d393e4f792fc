import { Schema } from "effect"

/** Why somebody approves what another one asked for. */
export const Approval = Schema.Struct({
  reason: Schema.String.check(Schema.isMaxLength(500)),
  /** Registers it, and leaves the listing to a later approval. */
  registerOnly: Schema.optionalKey(Schema.Boolean)
}).annotate({ identifier: "StewardApproval" })
export type Approval = typeof Approval.Type
