import { Schema } from "effect"
import { Label } from "../Label.ts"
import { Loss } from "../Loss.ts"

/** What could stop sales, with what each statement rests on. */
export const Risk = Schema.Struct({
  asOf: Schema.String,
  budget: Schema.Struct({ cap: Loss, left: Loss, leftShare: Schema.Finite, runsOut: Schema.NullOr(Schema.String) }),
  /** The last time a backup was restored on trial. */
  drill: Schema.NullOr(Schema.Struct({ at: Schema.String, sound: Schema.Boolean })),
  /** Assets with at least one check, and checks that found something. */
  checks: Schema.Struct({
    assets: Schema.Int,
    covered: Schema.Int,
    checks: Schema.Int,
    failing: Schema.Int,
    blocking: Schema.Int
  }),
  /** Of the licences in force, the share that permits a purpose, to whole per cents, over the categories asked: the least and the most; null where too few. */
  consent: Schema.Array(
    Schema.Struct({ purpose: Schema.String, least: Schema.NullOr(Schema.Finite), most: Schema.NullOr(Schema.Finite) })
  ),
  products: Schema.Array(
    Schema.Struct({
      id: Schema.String,
      title: Label,
      version: Schema.String,
      state: Schema.String,
      currency: Schema.String,
      list: Schema.Int,
      realised: Schema.Int,
      index: Schema.Finite,
      target: Schema.Finite,
      /** 0 to 100, today and in 90 days without a new version. */
      timeliness: Schema.Finite,
      later: Schema.Struct({ timeliness: Schema.Finite, list: Schema.Int }),
      nextUpdate: Schema.NullOr(Schema.String),
      /** Gates that are not passed, and what to do. */
      gates: Schema.Array(
        Schema.Struct({
          id: Schema.String,
          name: Label,
          state: Schema.Literals(["measured", "missing", "expired"]),
          next: Label
        })
      ),
      /** Why it is not for sale, or why its evidence no longer carries it. */
      missing: Schema.Array(Label),
      /** Every offer of the menu attacked with all the others. */
      priceAttack: Schema.Struct({
        offers: Schema.Int,
        beaten: Schema.Int,
        safe: Schema.Int,
        /** Cost of the cheapest way around over the price, less 1, at the weakest offer; null where there is no way around. */
        margin: Schema.NullOr(Schema.Finite),
        weakest: Schema.NullOr(Schema.String)
      }),
      /** One less the advantage of the best attack on who is in it. */
      privacyAttack: Schema.NullOr(
        Schema.Struct({
          score: Schema.Finite,
          least: Schema.Finite,
          note: Label,
          when: Schema.String,
          isDemo: Schema.Boolean
        })
      )
    })
  )
}).annotate({ identifier: "Risk" })
export type Risk = typeof Risk.Type
