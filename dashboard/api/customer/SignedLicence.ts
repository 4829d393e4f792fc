import { Schema } from "effect"

const Base64Url = Schema.String.check(Schema.isPattern(/^[\w-]{1,4000}$/))

/** A grant with what the customer's passkey signed: its digest, after it verified the person. */
export const SignedLicence = Schema.Struct({
  token: Schema.String.check(Schema.isPattern(/^[\w.-]{1,65536}$/)),
  assertion: Schema.Struct({
    credential: Base64Url,
    authenticatorData: Base64Url,
    clientData: Base64Url,
    signature: Base64Url
  })
})
export type SignedLicence = typeof SignedLicence.Type
