import { Schema } from "effect"

/** Why a rule of the house says no, and what to do about it. */
export const Refusal = Schema.Struct({
  code: Schema.String,
  message: Schema.String,
  fix: Schema.String,
  /** The field of the product file that it is about; empty where it is about none. */
  field: Schema.String
}).annotate({ identifier: "Refusal" })
export type Refusal = typeof Refusal.Type
