import { Clock, Effect } from "effect"
import { signedChange } from "#privacy/consent/grant/signedChange.ts"
import type { SignedLicence } from "../../../api/customer/SignedLicence.ts"
import { customerLicences } from "./customerLicences.ts"
import { licenceChanged } from "./licenceChanged.ts"

/** Takes a grant that the caller's passkey signed: evidence E3. */
export const takeSigned = Effect.fn("takeSigned")(function* (subj: number, { token, assertion }: SignedLicence) {
  const { inForce } = yield* customerLicences(subj)
  const now = Math.floor((yield* Clock.currentTimeMillis) / 1000)
  return yield* licenceChanged(subj, yield* signedChange(subj, inForce.terms, token, assertion, now))
})
