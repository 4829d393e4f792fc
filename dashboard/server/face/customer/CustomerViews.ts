import { Context } from "effect"
import type { Effect } from "effect"
import type { CustomerBenefits } from "../../../api/customer/CustomerBenefits.ts"
import type { CustomerReceipts } from "../../../api/customer/CustomerReceipts.ts"
import type { CustomerUses } from "../../../api/customer/CustomerUses.ts"
import type { Erased } from "../../../api/customer/Erased.ts"
import type { GrantForm } from "../../../api/customer/GrantForm.ts"
import type { LicenceChange } from "../../../api/customer/LicenceChange.ts"
import type { LicenceChanged } from "../../../api/customer/LicenceChanged.ts"
import type { LicenceConsent } from "../../../api/customer/LicenceConsent.ts"
import type { LicenceDraft } from "../../../api/customer/LicenceDraft.ts"
import type { LicenceSigning } from "../../../api/customer/LicenceSigning.ts"
import type { LicenceToSign } from "../../../api/customer/LicenceToSign.ts"
import type { Licences } from "../../../api/customer/Licences.ts"
import type { RevocationReceipt } from "../../../api/customer/RevocationReceipt.ts"
import type { SignedLicence } from "../../../api/customer/SignedLicence.ts"
import type { Principal } from "../../Principal.ts"
import type { ViewsError } from "../../Views.ts"

/** What the pages of customers need of the lower floors, in the pages' own words. Whose data it is follows from the principal alone. */
export class CustomerViews extends Context.Service<
  CustomerViews,
  {
    licences(principal: Principal): Effect.Effect<Licences, ViewsError>
    draft(change: LicenceChange, principal: Principal): Effect.Effect<LicenceDraft, ViewsError>
    /** By a click (E2); only for who has no passkey to sign with. */
    change(consent: LicenceConsent, principal: Principal): Effect.Effect<LicenceChanged, ViewsError>
    /** What a passkey has to sign (E3). */
    signing(asked: LicenceToSign, principal: Principal): Effect.Effect<LicenceSigning, ViewsError>
    sign(signed: SignedLicence, principal: Principal): Effect.Effect<LicenceChanged, ViewsError>
    revoke(principal: Principal): Effect.Effect<RevocationReceipt, ViewsError>
    /** Every use, or one operation whether it was a use or not. */
    uses(principal: Principal, operation?: string): Effect.Effect<CustomerUses, ViewsError>
    benefits(principal: Principal): Effect.Effect<CustomerBenefits, ViewsError>
    receipts(principal: Principal): Effect.Effect<CustomerReceipts, ViewsError>
    grant(digest: string, format: GrantForm, principal: Principal): Effect.Effect<object, ViewsError>
    /** The ordinal of a customer whom a steward names as the source does. */
    subject(id: string): Effect.Effect<number, ViewsError>
    erase(principal: Principal): Effect.Effect<Erased, ViewsError>
  }
>()("dashboard/CustomerViews") {}
