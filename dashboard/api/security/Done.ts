import { Schema } from "effect"

/** It was done. */
export const Done = Schema.Struct({ done: Schema.Literal(true) }).annotate({ identifier: "Done" })
export type Done = typeof Done.Type
