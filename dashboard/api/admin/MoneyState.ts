import { Schema } from "effect"
import { Label } from "../Label.ts"
import { Price } from "../Price.ts"

/** The company's whole revenue by month, tax by country, and what the market is said to pay. */
export const MoneyState = Schema.Struct({
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
  /** By country, newest first. */
  taxes: Schema.Array(
    Schema.Struct({
      country: Schema.String,
      since: Schema.String,
      basisPoints: Schema.Int,
      note: Schema.String,
      /** Today's invoices carry it. */
      holds: Schema.Boolean
    })
  ),
  products: Schema.Array(
    Schema.Struct({
      id: Schema.String,
      title: Label,
      currency: Schema.String,
      list: Schema.Int,
      market: Schema.NullOr(
        Schema.Struct({
          source: Schema.String,
          date: Schema.String,
          importedAt: Schema.String,
          comparables: Schema.Int,
          value: Schema.Int
        })
      )
    })
  )
}).annotate({ identifier: "MoneyState" })
export type MoneyState = typeof MoneyState.Type
