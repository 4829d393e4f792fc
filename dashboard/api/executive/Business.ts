import { Schema } from "effect"
import { Label } from "../Label.ts"

const span = Schema.Struct({ expected: Schema.Finite, low: Schema.Finite, high: Schema.Finite })

/** What data earned, from whom, for what cost, and what may be expected. Amounts are in minor units; a currency is never added to another. */
export const Business = Schema.Struct({
  asOf: Schema.String,
  currencies: Schema.Array(
    Schema.Struct({
      currency: Schema.String,
      /** Net of tax and credit notes, by the journal: it equals the invoices. */
      revenue: Schema.Int,
      /** Paid orders. */
      orders: Schema.Int,
      /** Some of the buyers are those of the demo. */
      hasSamples: Schema.Boolean,
      months: Schema.Array(
        Schema.Struct({
          month: Schema.String,
          revenue: Schema.Int,
          products: Schema.Array(Schema.Struct({ id: Schema.String, revenue: Schema.Int }))
        })
      ),
      buyers: Schema.Array(
        Schema.Struct({
          buyer: Schema.String,
          entity: Schema.NullOr(Schema.String),
          /** ISO 3166-1; null for a buyer who was not verified. */
          country: Schema.NullOr(Schema.String),
          /** Section of GB/T 4754; null where nobody said. */
          industry: Schema.NullOr(Schema.String),
          revenue: Schema.Int,
          orders: Schema.Int
        })
      ),
      /** Sum of squared shares times 10,000, and the shares of the largest and the largest three; null without revenue. */
      concentration: Schema.NullOr(Schema.Struct({ hhi: Schema.Finite, largest: Schema.Finite, three: Schema.Finite })),
      products: Schema.Array(
        Schema.Struct({
          id: Schema.String,
          title: Label,
          revenue: Schema.Int,
          orders: Schema.Int,
          /** Costs by people's entries, and of machines at the rates that were given. */
          entered: Schema.Int,
          machine: Schema.Int,
          /** To subjects by their tariff and to parties by their shares. */
          given: Schema.Int,
          margin: Schema.Int,
          /** What is left of revenue after what was given, over what it cost; null where no cost is on record. */
          back: Schema.NullOr(Schema.Finite),
          /** Seconds of machine work on the assets that it is made of. */
          seconds: Schema.Finite,
          assets: Schema.Array(Schema.Struct({ asset: Schema.String, minor: Schema.Int, seconds: Schema.Finite }))
        })
      ),
      outlook: Schema.Struct({
        /** Days on the market and paid orders so far: what a forecast of revenue needs. */
        days: Schema.Int,
        orders: Schema.Int,
        /** Null before there is enough of both. */
        revenue: Schema.NullOr(Schema.Struct({ days: Schema.Int, level: Schema.Finite, orders: span, revenue: span })),
        /** The list prices of all products together, if nothing is refreshed and if every version comes when it is due. */
        prices: Schema.Array(Schema.Struct({ day: Schema.String, aging: Schema.Int, refreshed: Schema.Int }))
      })
    })
  )
}).annotate({ identifier: "Business" })
export type Business = typeof Business.Type
