import { Schema } from "effect"
import { LicenceChange } from "./LicenceChange.ts"

/** A change with the notice that was read and agreed to. */
export const LicenceConsent = Schema.Struct({
  ...LicenceChange.fields,
  /** Of the notice that was shown. */
  notice: Schema.String.check(Schema.isPattern(/^[0-9a-f]{64}$/)),
  language: Schema.Literals(["zh", "en"])
})
export type LicenceConsent = typeof LicenceConsent.Type
