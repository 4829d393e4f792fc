import { Effect, Layer } from "effect"
import { Impact } from "#pipelines/release/Impact.ts"
import { explainQuote } from "#pricing/quote/explainQuote.ts"
import { Catalog } from "./Catalog.ts"

/** What a new version of a listed product would cost, from what is listed now. */
export const impactLayer = Layer.effect(
  Impact,
  Effect.gen(function* () {
    const catalog = yield* Catalog
    const of = Effect.fn("Impact.of")(function* (product: string) {
      const listing = (yield* catalog.all).find((one) => one.product === product)
      if (listing === undefined) return undefined
      const { inputs, price, version } = listing
      // A fresh version is as old as this one was on the day it was listed.
      const { value } = explainQuote({ inputs, issuedAt: version.listedAt })
      return {
        version: version.version,
        rows: version.rows.value,
        price,
        expected: { minor: value, currency: price.currency }
      }
    })
    return { of }
  })
)
