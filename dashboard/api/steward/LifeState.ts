import { Schema } from "effect"

/** Where a product is in its life, in the order in which it gets there. */
export const LifeState = Schema.Literals([
  "draft",
  "assessed",
  "registered",
  "listed",
  "suspended",
  "deprecated",
  "retired"
])
export type LifeState = typeof LifeState.Type
