import { Schema } from "effect"
import { Freshness } from "./Freshness.ts"
import { Label } from "./Label.ts"
import { Loss } from "./Loss.ts"
import { Price } from "./Price.ts"

/** What the data is listed at and what it earns. Listed, ordered and paid are three different things and never added up. */
export const Value = Schema.Struct({
  asOf: Schema.String,
  /** One entry a currency: amounts of different currencies are not added up either. */
  totals: Schema.Array(
    Schema.Struct({
      listed: Price,
      ordered: Price,
      paid: Price,
      /** What was paid until the end of each ISO day on which something was, oldest first. */
      revenue: Schema.Array(Schema.Struct({ day: Schema.String, paid: Price }))
    })
  ),
  orders: Schema.Int,
  products: Schema.Array(
    Schema.Struct({
      id: Schema.String,
      title: Label,
      price: Price,
      ordered: Price,
      paid: Price,
      orders: Schema.Int,
      freshness: Freshness,
      depth: Schema.Finite,
      /** Privacy loss charged to this product so far. */
      rho: Schema.Finite
    })
  ),
  budget: Schema.Struct({ cap: Loss, spent: Loss, left: Loss, runsOut: Schema.NullOr(Schema.String) })
}).annotate({ identifier: "Value" })
export type Value = typeof Value.Type
