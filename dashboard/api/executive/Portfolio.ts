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
      openGates: Schema.Array(Schema.String),
      version: Schema.String,
      /** What each method alone says, and how far it is believed; the weights sum to 1. */
      methods: Schema.Array(
        Schema.Struct({
          method: Schema.Literals(["cost", "income", "market"]),
          value: Schema.Int,
          /** Figures that it rests on. */
          figures: Schema.Int,
          weight: Schema.Finite,
          sources: Schema.Array(Schema.String)
        })
      ),
      /** The base that the price formula takes: stated by the product file, or the blend of the methods. */
      base: Schema.NullOr(Schema.Struct({ value: Schema.Int, from: Schema.Literals(["product-file", "blend"]) })),
      /** Comparable sales that count; null where none were imported. */
      market: Schema.NullOr(
        Schema.Struct({
          source: Schema.String,
          date: Schema.String,
          importedAt: Schema.String,
          comparables: Schema.Array(Schema.Struct({ name: Schema.String, price: Schema.Int, adjusted: Schema.Int })),
          median: Schema.Int,
          /** Median price per GB of those that state their size. */
          perGigabyte: amount
        })
      )
    })
  ),
  /** The four values and the three methods over time, oldest first, in minor units of each currency. */
  over: Schema.Array(
    Schema.Struct({
      day: Schema.String,
      currency: Schema.String,
      book: amount,
      appraised: amount,
      list: amount,
      realised: amount,
      cost: amount,
      income: amount,
      market: amount
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
