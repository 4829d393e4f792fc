import { Schema } from "effect"

/** What a steward decides on a product, and why. An approval is a step of its own, since it asks for fresh verification. */
export const Decision = Schema.Struct({
  move: Schema.Literals(["submit", "reject", "suspend", "deprecate", "retire"]),
  reason: Schema.String.check(Schema.isMaxLength(500)),
  /** ISO day from which a deprecated product may be retired. */
  on: Schema.optionalKey(Schema.String.check(Schema.isMaxLength(10))),
  /** The product that takes its place. */
  successor: Schema.optionalKey(Schema.String.check(Schema.isMaxLength(80)))
}).annotate({ identifier: "StewardDecision" })
export type Decision = typeof Decision.Type
