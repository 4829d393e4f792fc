import { Schema } from "effect"
import { LicenceConsent } from "./LicenceConsent.ts"

/** A change that a passkey of the customer shall sign. */
export const LicenceToSign = Schema.Struct({
  ...LicenceConsent.fields,
  /** Of the passkey, as the list of passkeys gives it. */
  passkey: Schema.String.check(Schema.isPattern(/^[0-9a-f]{64}$/))
})
export type LicenceToSign = typeof LicenceToSign.Type
