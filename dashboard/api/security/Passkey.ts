import { Schema } from "effect"

/** A passkey as its owner sees it. `digest` is the SHA-256 of its id, under which a grant names it. */
export const Passkey = Schema.Struct({
  id: Schema.String,
  digest: Schema.String,
  label: Schema.String,
  synced: Schema.Boolean,
  createdAt: Schema.String,
  usedAt: Schema.NullOr(Schema.String)
}).annotate({ identifier: "Passkey" })
export type Passkey = typeof Passkey.Type
