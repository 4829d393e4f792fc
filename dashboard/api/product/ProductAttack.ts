import { Schema } from "effect"
import { Price } from "../Price.ts"

/** Whether what an offer gives can be had for less by other purchases: each offer of the menu against all the others, at the prices of the moment. */
export const ProductAttack = Schema.Struct({
  product: Schema.String,
  version: Schema.String,
  at: Schema.String,
  currency: Schema.String,
  /** What was searched. */
  searched: Schema.Struct({
    /** Things for sale that a cover may be put together from, of all versions and channels. */
    purchases: Schema.Int,
    columnGroups: Schema.Int,
    slices: Schema.Int,
    accuracies: Schema.Int,
    versions: Schema.Int,
    /** Whether single lookups are for sale by a tariff. */
    calls: Schema.Boolean
  }),
  offers: Schema.Array(
    Schema.Struct({
      id: Schema.String,
      columns: Schema.Array(Schema.String),
      slice: Schema.NullOr(Schema.String),
      /** Share of the version's rho; 1 for the version as it is. */
      accuracy: Schema.Finite,
      price: Price,
      /** The cheapest other way that was found; null where there is none at all. */
      cover: Schema.NullOr(
        Schema.Struct({
          price: Price,
          parts: Schema.Array(Schema.Struct({ offer: Schema.String, times: Schema.Int }))
        })
      ),
      /** Cost of that way over the price, less 1. */
      margin: Schema.NullOr(Schema.Finite),
      /** Nothing whatever costs less than this. */
      atLeast: Schema.NullOr(Price),
      verdict: Schema.Literals(["safe", "unbeaten", "beaten"])
    })
  )
}).annotate({ identifier: "ProductAttack" })
export type ProductAttack = typeof ProductAttack.Type
