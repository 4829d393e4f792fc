import { Schema } from "effect"

/** What every failing answer holds: a stable dotted code, a sentence about what is wrong, a sentence about what to do. */
export const Problem = Schema.Struct({
  error: Schema.Struct({ code: Schema.String, message: Schema.String, fix: Schema.String })
}).annotate({ identifier: "Problem" })
export type Problem = typeof Problem.Type
