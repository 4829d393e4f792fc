import { Schema } from "effect"

/** What a steward decides on a product, and why. An approval is a step of its own, since it asks for fresh verification. */
export const Decision = Schema.Struct({
  move: Schema.Literals(["submit", "reject", "suspend"]),
  reason: Schema.String.check(Schema.isMaxLength(500))
}).annotate({ identifier: "StewardDecision" })
export type Decision = typeof Decision.Type
