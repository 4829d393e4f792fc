import { Schema } from "effect"

/** Why somebody approves what another one asked for. */
export const Approval = Schema.Struct({ reason: Schema.String.check(Schema.isMaxLength(500)) }).annotate({
  identifier: "StewardApproval"
})
export type Approval = typeof Approval.Type
