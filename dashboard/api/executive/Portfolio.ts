import { Schema } from "effect"
import { Label } from "../Label.ts"

const amount = Schema.NullOr(Schema.Int)

/** What products are worth by the books, by appraisal, by their list and by what was paid, with what it rests on and what threatens it. */
export const Portfolio = Schema.Struct({
  asOf: Schema.String,
  /** In minor units; the four are never added to each other. `without...` counts products that have none. */
  totals: Schema.Array(
    Schema.Struct({
      currency: Schema.String,
      book: Schema.Int,
      withoutBook: Schema.Int,
      appraised: Schema.Int,
      withoutAppraisal: Schema.Int,
      list: Schema.Int,
      realised: Schema.Int
    })
  ),
  products: Schema.Array(
    Schema.Struct({
      id: Schema.String,
      title: Label,
      state: Schema.String,
      currency: Schema.String,
      book: amount,
      appraised: amount,
      list: Schema.Int,
      realised: Schema.Int,
      perGigabyte: amount,
      /** Tradability, 0 to 100. */
      index: Schema.Finite,
      /** 0 to 100. */
      timeliness: Schema.Finite,
      /** Gates that are not passed. */
      openGates: Schema.Array(Schema.String)
    })
  ),
  /** What data earned of the company's whole revenue, by month, oldest first. */
  dataShare: Schema.Array(
    Schema.Struct({
      month: Schema.String,
      currency: Schema.String,
      total: Schema.Int,
      data: Schema.Int,
      share: Schema.NullOr(Schema.Finite),
      source: Schema.String
    })
  ),
  /** Paid by buyer, largest first. */
  buyers: Schema.Array(Schema.Struct({ buyer: Schema.String, paid: Schema.Int, currency: Schema.String })),
  budget: Schema.Struct({ leftShare: Schema.Finite, runsOut: Schema.NullOr(Schema.String) }),
  /** The last time a backup was restored on trial. */
  drill: Schema.NullOr(Schema.Struct({ at: Schema.String, sound: Schema.Boolean }))
}).annotate({ identifier: "Portfolio" })
export type Portfolio = typeof Portfolio.Type
