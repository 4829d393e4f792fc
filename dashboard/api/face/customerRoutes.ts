import { CustomerBenefits } from "../customer/CustomerBenefits.ts"
import { CustomerReceipts } from "../customer/CustomerReceipts.ts"
import { CustomerUses } from "../customer/CustomerUses.ts"
import { Erased } from "../customer/Erased.ts"
import { EraseRequest } from "../customer/EraseRequest.ts"
import { GrantForm } from "../customer/GrantForm.ts"
import { LicenceChange } from "../customer/LicenceChange.ts"
import { LicenceChanged } from "../customer/LicenceChanged.ts"
import { LicenceConsent } from "../customer/LicenceConsent.ts"
import { LicenceDraft } from "../customer/LicenceDraft.ts"
import { Licences } from "../customer/Licences.ts"
import { LicenceSigning } from "../customer/LicenceSigning.ts"
import { LicenceToSign } from "../customer/LicenceToSign.ts"
import { RevocationReceipt } from "../customer/RevocationReceipt.ts"
import { SignedLicence } from "../customer/SignedLicence.ts"
import { route } from "../route.ts"

/** What customers may ask of the server. None names a subject: who is signed in is the only one there is. */
export const customerRoutes = {
  customerLicences: route({
    method: "GET",
    path: "/api/customer/licences",
    callers: ["customer"],
    summary: "Shows what the caller permits, as purposes by recipients",
    response: Licences
  }),
  customerDraft: route({
    method: "POST",
    path: "/api/customer/licences/draft",
    callers: ["customer"],
    summary: "Says what a change of the caller's licence would mean, without making it",
    body: LicenceChange,
    response: LicenceDraft
  }),
  customerChange: route({
    method: "POST",
    path: "/api/customer/licences",
    callers: ["customer"],
    summary:
      "Puts another licence in the place of the caller's by a click on its notice; refused where the caller has a passkey to sign with",
    body: LicenceConsent,
    response: LicenceChanged
  }),
  customerSigning: route({
    method: "POST",
    path: "/api/customer/licences/signing",
    callers: ["customer"],
    summary: "Draws up another licence that a passkey of the caller has to sign; nothing holds yet",
    body: LicenceToSign,
    response: LicenceSigning
  }),
  customerSign: route({
    method: "POST",
    path: "/api/customer/licences/signed",
    callers: ["customer"],
    summary:
      "Puts a licence that the caller's passkey signed in the place of the caller's; a wrong signature changes nothing",
    body: SignedLicence,
    response: LicenceChanged
  }),
  customerRevoke: route({
    method: "POST",
    path: "/api/customer/revoke",
    callers: ["customer"],
    summary: "Takes back everything the caller permits and gives the receipt",
    response: RevocationReceipt
  }),
  customerUses: route({
    method: "GET",
    path: "/api/customer/uses",
    callers: ["customer"],
    summary: "Lists every operation that touched the caller's records, each with its proof",
    response: CustomerUses
  }),
  customerUse: route({
    method: "GET",
    path: "/api/customer/uses/:operation",
    callers: ["customer"],
    summary: "Proves that one operation touched the caller's records, or that it did not",
    response: CustomerUses
  }),
  customerBenefits: route({
    method: "GET",
    path: "/api/customer/benefits",
    callers: ["customer"],
    summary: "Lists what the caller earned",
    response: CustomerBenefits
  }),
  customerReceipts: route({
    method: "GET",
    path: "/api/customer/receipts",
    callers: ["customer"],
    summary: "Lists the caller's grants, revocations and recalls",
    response: CustomerReceipts
  }),
  customerGrant: route({
    method: "GET",
    path: "/api/customer/grants/:digest",
    callers: ["customer"],
    summary: "Shows one of the caller's grants as ODRL, as an ISO/IEC TS 27560 receipt, or as it was signed",
    query: { format: GrantForm },
    response: "document"
  }),
  customerErase: route({
    method: "POST",
    path: "/api/customer/erase",
    callers: ["customer"],
    summary: "Deletes everything of the caller, for ever, and signs them out",
    fresh: true,
    body: EraseRequest,
    response: Erased
  })
}
