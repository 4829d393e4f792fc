import { Schema } from "effect"
import { BuyerCheck } from "./BuyerCheck.ts"

/** Buyers whose entity was checked, those who bought without a check, and who is or was barred. */
export const BuyersState = Schema.Struct({
  /** Each by its newest check. */
  checks: Schema.Array(BuyerCheck),
  unchecked: Schema.Array(Schema.Struct({ buyer: Schema.String, orders: Schema.Int })),
  /** Newest first. */
  blocks: Schema.Array(
    Schema.Struct({
      buyer: Schema.String,
      reason: Schema.String,
      by: Schema.String,
      at: Schema.String,
      liftedBy: Schema.NullOr(Schema.String),
      liftedAt: Schema.NullOr(Schema.String)
    })
  )
}).annotate({ identifier: "BuyersState" })
export type BuyersState = typeof BuyersState.Type
