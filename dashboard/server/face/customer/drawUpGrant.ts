import { Effect } from "effect"
import { BadInput } from "#core/BadInput.ts"
import { Home } from "#core/home/Home.ts"
import type { SigningPasskey } from "#privacy/access/passkey/passkeysOf.ts"
import { Consent } from "#privacy/consent/Consent.ts"
import { signGrant } from "#privacy/consent/grant/grantToken.ts"
import type { LicenceSigning } from "../../../api/customer/LicenceSigning.ts"
import type { LicenceToSign } from "../../../api/customer/LicenceToSign.ts"
import { agreedGrant } from "./changeOfLicence.ts"

/** Draws up the grant of a choice for one of the caller's passkeys. The house keeps nothing: it knows its own signature when the grant comes back. */
export const drawUpGrant = Effect.fn("drawUpGrant")(function* (
  subj: number,
  asked: LicenceToSign,
  own: ReadonlyArray<SigningPasskey>
) {
  const passkey = own.find(({ digest }) => digest === asked.passkey)
  if (passkey === undefined) {
    return yield* new BadInput({
      code: "licence.passkey",
      message: "This account has no such passkey.",
      fix: "Load the page again and sign with one that it shows.",
      where: { field: "passkey" }
    })
  }
  const { grant } = yield* agreedGrant(subj, asked, passkey.digest)
  const token = signGrant(yield* Home, grant(yield* (yield* Consent).draft(subj)))
  return { token, credential: passkey.id } satisfies LicenceSigning as LicenceSigning
})
