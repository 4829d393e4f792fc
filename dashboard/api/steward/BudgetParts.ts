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
