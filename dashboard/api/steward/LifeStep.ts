import { Schema } from "effect"
import { LifeState } from "./LifeState.ts"

/** One step of a product's life, as it was taken. */
export const LifeStep = Schema.Struct({
  from: LifeState,
  to: LifeState,
  by: Schema.String,
  requestedBy: Schema.NullOr(Schema.String),
  reason: Schema.String,
  at: Schema.String,
  /** SHA-256 of what it was decided on; null for a step of before there were gates. */
  evidence: Schema.NullOr(Schema.String)
})
export type LifeStep = typeof LifeStep.Type
