import { Schema } from "effect"
import { Loss } from "../Loss.ts"
import { Price } from "../Price.ts"

/** What an admin looks after: total revenue by month, caps of the privacy budget, and backups that were tried. */
export const HouseState = Schema.Struct({
  revenue: Schema.Array(
    Schema.Struct({
      month: Schema.String,
      total: Price,
      data: Price,
      share: Schema.NullOr(Schema.Finite),
      source: Schema.String,
      by: Schema.String,
      at: Schema.String
    })
  ),
  cap: Loss,
  spent: Loss,
  drills: Schema.Array(
    Schema.Struct({
      at: Schema.String,
      sound: Schema.Boolean,
      files: Schema.Int,
      bytes: Schema.Int,
      seconds: Schema.Finite
    })
  )
}).annotate({ identifier: "HouseState" })
export type HouseState = typeof HouseState.Type
