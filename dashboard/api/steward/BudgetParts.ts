import { Schema } from "effect"
import { Budget } from "../Budget.ts"
import { Loss } from "../Loss.ts"
import { Refusal } from "./Refusal.ts"

/** The budget by product, buyer and cap below it, and what each product file would charge if it were run now. */
export const BudgetParts = Schema.Struct({
  population: Schema.String,
  budget: Budget,
  products: Schema.Array(Schema.Struct({ name: Schema.String, releases: Schema.Int, spent: Loss })),
  buyers: Schema.Array(Schema.Struct({ name: Schema.String, releases: Schema.Int, spent: Loss })),
  subCaps: Schema.Array(
    Schema.Struct({ scope: Schema.String, name: Schema.String, cap: Loss, spent: Loss, left: Loss })
  ),
  /** Kept free for releases that were ordered and are not made yet. */
  held: Loss,
  /** Higher caps that wait for somebody other than who asked. */
  raises: Schema.Array(
    Schema.Struct({
      id: Schema.String,
      scope: Schema.String,
      name: Schema.String,
      /** The cap that holds until then. */
      from: Schema.NullOr(Loss),
      to: Schema.Struct({ rho: Schema.Finite, epsilon: Schema.Finite }),
      askedBy: Schema.String,
      askedAt: Schema.String
    })
  ),
  drafts: Schema.Array(
    Schema.Struct({
      product: Schema.String,
      period: Schema.NullOr(Schema.String),
      stored: Schema.Boolean,
      asks: Schema.NullOr(Schema.Finite),
      runsOut: Schema.NullOr(Schema.String),
      refusal: Schema.NullOr(Refusal)
    })
  )
}).annotate({ identifier: "BudgetParts" })
export type BudgetParts = typeof BudgetParts.Type
