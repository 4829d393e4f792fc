import { Schema } from "effect"

/** A credential as it is handed over, once: the file or key to keep, and when it ends. */
export const Credential = Schema.Struct({
  id: Schema.String,
  /** The key itself, or the Delta Sharing profile as JSON. */
  secret: Schema.String,
  expiresAt: Schema.String
}).annotate({ identifier: "Credential" })
export type Credential = typeof Credential.Type
