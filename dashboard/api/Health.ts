import { Schema } from "effect"

/** The server answers and its records can be read. */
export const Health = Schema.Struct({ status: Schema.Literal("ok") }).annotate({ identifier: "Health" })
export type Health = typeof Health.Type
