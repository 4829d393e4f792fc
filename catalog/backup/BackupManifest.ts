import { Schema } from "effect"

const sha256 = Schema.String.check(Schema.isPattern(/^[0-9a-f]{64}$/))
/** Below the folder, with `/`, and nowhere else. */
const path = Schema.String.check(Schema.isPattern(/^(?!.*(?:^|\/)\.\.?(?:\/|$))[^/\p{Cc}][^\p{Cc}]{0,500}$/u))

/** What a backup holds, to the byte; signed by the home that it is of. */
export const BackupManifest = Schema.Struct({
  format: Schema.Literal("assay-backup/1"),
  /** ISO instant. */
  createdAt: Schema.String,
  /** Whether the keys of the home are among the files. Without them it opens only with keys that were kept elsewhere. */
  withKey: Schema.Boolean,
  /** Keyed hash of a constant: tells the right home key from another without saying it. */
  keyCheck: sha256,
  publicKey: Schema.String,
  /** What the records say of themselves; a restored home is held against it. */
  facts: Schema.Struct({
    logSize: Schema.Int,
    logRoot: sha256,
    spentUnits: Schema.String,
    invoices: Schema.Int,
    orders: Schema.Int,
    tables: Schema.Int
  }),
  files: Schema.Array(Schema.Struct({ path, bytes: Schema.Int, sha256 })),
  /** Ed25519 over the canonical JSON of everything else, base64url. */
  signature: Schema.String
})
export type BackupManifest = typeof BackupManifest.Type
