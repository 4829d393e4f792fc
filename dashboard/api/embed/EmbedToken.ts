import { Schema } from "effect"

/** A token that shows one product or one asset on pages of others, without its secret. */
export const EmbedToken = Schema.Struct({
  id: Schema.String,
  kind: Schema.Literals(["product", "asset"]),
  /** The product or the asset. */
  target: Schema.String,
  /** The pages that may show it, such as `https://erp.example.com`. */
  origins: Schema.Array(Schema.String),
  madeBy: Schema.String,
  madeAt: Schema.String,
  expiresAt: Schema.String,
  state: Schema.Literals(["live", "expired", "revoked"]),
  revokedBy: Schema.NullOr(Schema.String),
  revokedAt: Schema.NullOr(Schema.String),
  /** How often it was shown and refused, as far back as decisions are kept. */
  shown: Schema.Int,
  refused: Schema.Int,
  lastShownAt: Schema.NullOr(Schema.String)
}).annotate({ identifier: "EmbedToken" })
export type EmbedToken = typeof EmbedToken.Type
