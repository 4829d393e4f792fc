import { Schema } from "effect"

/** One charge of the privacy budget: what it paid for, and the certificate of what came of it. */
export const ChargeDetail = Schema.Struct({
  id: Schema.String,
  kind: Schema.Literals(["release", "census"]),
  product: Schema.NullOr(Schema.String),
  /** The version that was made under it; null while none was. */
  version: Schema.NullOr(Schema.String),
  buyer: Schema.String,
  purpose: Schema.String,
  period: Schema.String,
  month: Schema.NullOr(Schema.String),
  rho: Schema.Finite,
  delta: Schema.Finite,
  /** Of the cap that all products share. */
  share: Schema.Finite,
  plan: Schema.String,
  epoch: Schema.Int,
  reservedAt: Schema.String,
  committedAt: Schema.NullOr(Schema.String),
  /** As it was signed; null for a census, and while nothing was published. */
  certificate: Schema.NullOr(Schema.Unknown)
}).annotate({ identifier: "ChargeDetail" })
export type ChargeDetail = typeof ChargeDetail.Type
