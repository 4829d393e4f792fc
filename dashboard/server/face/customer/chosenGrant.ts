import { Effect } from "effect"
import { newId } from "#core/ids/newId.ts"
import { canonicalJson } from "#core/json/canonicalJson.ts"
import { sha256Hex } from "#core/json/sha256Hex.ts"
import { Consent } from "#privacy/consent/Consent.ts"
import type { Draft } from "#privacy/consent/Consent.ts"
import type { Grant } from "#privacy/consent/grant/Grant.ts"
import { endOf } from "#privacy/consent/guard/declaredTerms.ts"
import { rulesOfChoice } from "#privacy/consent/view/rulesOfChoice.ts"
import type { LicenceChange } from "../../../api/customer/LicenceChange.ts"
import type { ShownLicences } from "./customerLicences.ts"

/** How a customer says yes. */
export interface Signing {
  /** Second since 1970. */
  readonly at: number
  /** SHA-256 of the notice, and the language that it was read in. */
  readonly notice: string
  readonly lang: "zh" | "en"
  /** Digest of the passkey that signs (E3); undefined for a click (E2). */
  readonly passkey: string | undefined
}

/** The whole grant of a choice, given what the subject's chain asks for. */
export const chosenGrant = Effect.fn("chosenGrant")(function* (
  { licences, inForce }: ShownLicences,
  change: LicenceChange,
  { at, notice, lang, passkey }: Signing
) {
  const known = yield* (yield* Consent).recipients
  const rules = rulesOfChoice(change, licences.cells, inForce.granted?.grant.rules ?? [], known)
  const click = ({ subject, nonce }: Draft): string => sha256Hex(canonicalJson({ notice, at, by: subject, nonce }))
  return (draft: Draft): Grant => ({
    v: 1,
    id: newId("grt"),
    controller: "house",
    nbf: at,
    exp: endOf(change.until),
    rules,
    notice: { version: "portal-1", lang, sha256: notice },
    basis: "consent",
    separateConsent: true,
    withdrawal: { method: "portal: /customer/licences", mode: "freeze" },
    evidence: passkey === undefined ? { kind: "E2", digest: click(draft) } : { kind: "E3", digest: passkey },
    jurisdiction: "CN",
    schema: "assay-grant-1",
    ...draft
  })
})
