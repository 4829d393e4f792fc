import { Schema } from "effect"
import { Label } from "../Label.ts"
import { Price } from "../Price.ts"

/** What of the buyer's opens data: trials, keys of the per-call API and Delta Sharing credentials, none with its secret. */
export const BuyerAccess = Schema.Struct({
  trials: Schema.Array(
    Schema.Struct({
      id: Schema.String,
      product: Schema.String,
      title: Label,
      endsAt: Schema.String,
      calls: Schema.Struct({ cap: Schema.Int, used: Schema.Int }),
      spend: Schema.Struct({ cap: Price, used: Price }),
      state: Schema.Literals(["open", "exhausted", "expired", "ended", "converted"])
    })
  ),
  keys: Schema.Array(
    Schema.Struct({
      id: Schema.String,
      prefix: Schema.String,
      holder: Schema.String,
      product: Schema.String,
      expiresAt: Schema.String,
      revokedAt: Schema.NullOr(Schema.String),
      lastUsedAt: Schema.NullOr(Schema.String)
    })
  ),
  shares: Schema.Array(
    Schema.Struct({
      id: Schema.String,
      order: Schema.String,
      expiresAt: Schema.String,
      revokedAt: Schema.NullOr(Schema.String)
    })
  )
}).annotate({ identifier: "BuyerAccess" })
export type BuyerAccess = typeof BuyerAccess.Type
