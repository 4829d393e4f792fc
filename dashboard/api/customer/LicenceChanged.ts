import { Schema } from "effect"
import { Licences } from "./Licences.ts"
import { RevocationReceipt } from "./RevocationReceipt.ts"

/** What holds after a change, and the receipt of what it froze. */
export const LicenceChanged = Schema.Struct({
  digest: Schema.String,
  seq: Schema.Int,
  epoch: Schema.Int,
  /** Null where nothing was taken away. */
  receipt: Schema.NullOr(RevocationReceipt),
  licences: Licences
}).annotate({ identifier: "LicenceChanged" })
export type LicenceChanged = typeof LicenceChanged.Type
