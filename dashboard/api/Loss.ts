import { Schema } from "effect"

/** A privacy loss as zCDP rho and, by conversion, as epsilon at a stated delta. */
export const Loss = Schema.Struct({ rho: Schema.Finite, epsilon: Schema.Finite, delta: Schema.Finite }).annotate({
  identifier: "Loss"
})
export type Loss = typeof Loss.Type
