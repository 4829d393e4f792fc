import { Schema } from "effect"

/** A run was asked for; it begins when the one before it has ended. */
export const Begun = Schema.Struct({ accepted: Schema.Boolean }).annotate({ identifier: "Begun" })
export type Begun = typeof Begun.Type
