import { Schema } from "effect"
import { Loss } from "./Loss.ts"

/** The privacy loss that may be spent on the population, what is gone, and the charges that took it. */
export const Budget = Schema.Struct({
  cap: Loss,
  spent: Loss,
  left: Loss,
  /** ISO day on which the cap runs out at the pace of the listed products; null when nothing is scheduled. */
  runsOut: Schema.NullOr(Schema.String),
  /** Oldest first. */
  charges: Schema.Array(
    Schema.Struct({
      id: Schema.String,
      at: Schema.String,
      product: Schema.NullOr(Schema.String),
      period: Schema.String,
      purpose: Schema.String,
      rho: Schema.Finite,
      delta: Schema.Finite,
      state: Schema.String,
      spentAfter: Schema.Finite
    })
  )
}).annotate({ identifier: "Budget" })
export type Budget = typeof Budget.Type
