import { Effect } from "effect"
import type { Accepted } from "#privacy/consent/Consent.ts"
import type { LicenceChanged } from "../../../api/customer/LicenceChanged.ts"
import { customerLicences } from "./customerLicences.ts"

/** What holds after a change, with the receipt of what it froze. */
export const licenceChanged = Effect.fn("licenceChanged")(function* (
  subj: number,
  { accepted, receipt }: { readonly accepted: Accepted; readonly receipt: LicenceChanged["receipt"] | undefined }
) {
  const { digest, seq, epoch } = accepted
  const { licences } = yield* customerLicences(subj)
  return { digest, seq, epoch, receipt: receipt ?? null, licences } satisfies LicenceChanged as LicenceChanged
})
