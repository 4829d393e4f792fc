import { Schema } from "effect"
import { Price } from "../Price.ts"

/** What goes on with buyers besides sales: what they try before they buy, and where their news is sent. */
export const Service = Schema.Struct({
  trials: Schema.Array(
    Schema.Struct({
      id: Schema.String,
      buyer: Schema.String,
      product: Schema.String,
      version: Schema.String,
      purpose: Schema.String,
      state: Schema.Literals(["open", "exhausted", "expired", "ended", "converted"]),
      startedAt: Schema.String,
      endsAt: Schema.String,
      calls: Schema.Struct({ cap: Schema.Int, used: Schema.Int }),
      spend: Schema.Struct({ cap: Price, used: Price })
    })
  ),
  webhooks: Schema.Array(
    Schema.Struct({
      id: Schema.String,
      buyer: Schema.String,
      /** Of its address the host alone: the rest may be a secret of the buyer's. */
      host: Schema.String,
      kinds: Schema.Array(Schema.String),
      createdAt: Schema.String,
      /** `silent`: nothing was sent to it yet. */
      state: Schema.Literals(["silent", "delivers", "fails"]),
      delivered: Schema.Int,
      /** Messages that are tried again. */
      waiting: Schema.Int,
      nextAt: Schema.NullOr(Schema.String),
      /** Messages that were tried for three days and are tried no more. */
      givenUp: Schema.Int,
      /** The latest tries, the newest first. */
      attempts: Schema.Array(
        Schema.Struct({
          at: Schema.String,
          status: Schema.NullOr(Schema.Int),
          /** Somebody asked for it, and it is tried once. */
          isTest: Schema.Boolean,
          outcome: Schema.Literals(["delivered", "retry", "given up"])
        })
      )
    })
  )
}).annotate({ identifier: "StewardService" })
export type Service = typeof Service.Type
