import { Schema } from "effect"

const sha256 = Schema.String.check(Schema.isPattern(/^[0-9a-f]{64}$/))
const text = Schema.String

/**
 * What a buyer can show of a delivered file: which version it is of, what its bytes hash to, what it was made from, and on which terms it
 * was sold. Signed by the house that sold it; `assay verify FILE CERTIFICATE` checks it offline.
 */
export const DeliveryCertificate = Schema.Struct({
  format: Schema.Literal("assay-delivery/1"),
  order: text,
  buyer: text,
  product: text,
  version: text,
  offer: Schema.optionalKey(text),
  /** SHA-256 of the version's own file, equal for all its buyers. */
  artefact: sha256,
  file: Schema.Struct({ name: text, format: text, sha256, bytes: Schema.Int }),
  /** The release and what it stands on: assets and sources by name, to the raw data; no row of them. */
  release: Schema.Struct({
    id: text,
    period: text,
    assets: Schema.Array(text),
    guarantee: Schema.Struct({ epsilon: Schema.Finite, delta: Schema.Finite }),
    certificateSha256: sha256
  }),
  terms: Schema.Struct({
    purposes: Schema.Array(text),
    onward: Schema.Boolean,
    territory: Schema.Array(text),
    retention: Schema.optionalKey(text)
  }),
  quote: Schema.Struct({ id: text, hash: sha256 }),
  /** ISO instant of the first delivery in this format. */
  deliveredAt: text,
  seller: Schema.Struct({ publicKey: text }),
  /** Ed25519 over the canonical JSON of everything else, base64url. */
  signature: text
})
export type DeliveryCertificate = typeof DeliveryCertificate.Type
