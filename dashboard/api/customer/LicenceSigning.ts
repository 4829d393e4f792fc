import { Schema } from "effect"

/** A grant that waits for the customer's passkey, for ten minutes. */
export const LicenceSigning = Schema.Struct({
  /** The grant as the house signed it; the SHA-256 of its payload is what the passkey signs. */
  token: Schema.String,
  /** Id of the passkey that it names, base64url. */
  credential: Schema.String
}).annotate({ identifier: "LicenceSigning" })
export type LicenceSigning = typeof LicenceSigning.Type
