import { Effect } from "effect"
import { Home } from "#core/home/Home.ts"
import { Consent } from "../Consent.ts"
import type { Draft } from "../Consent.ts"
import type { LicenceTerms } from "../LicenceTerms.ts"
import { Revocations } from "../revocation/Revocations.ts"
import type { Grant } from "./Grant.ts"
import { grantTerms } from "./grantTerms.ts"
import { signGrant } from "./grantToken.ts"
import { takesAway } from "./takesAway.ts"

/**
 * Puts a grant in the place of what holds, in one step. Where it takes something away, what was made under the former is frozen first,
 * exactly as by a revocation: if the process dies in between, less is permitted, never more.
 *
 * @param before what holds now
 * @param grantOf the whole grant, given what the subject's chain asks for
 * @param now    second since 1970
 * @returns the accepted grant, and the receipt of what froze
 */
export const changeLicence = Effect.fn("changeLicence")(function* (
  subj: number,
  before: ReadonlyArray<LicenceTerms>,
  grantOf: (draft: Draft) => Grant,
  now: number
) {
  const consent = yield* Consent
  const draft = yield* consent.draft(subj)
  const grant = grantOf(draft)
  const loses = takesAway(before, grantTerms(grant), yield* consent.recipients, now)
  const receipt = loses ? yield* (yield* Revocations).revoke(subj) : undefined
  const accepted = yield* consent.accept(signGrant(yield* Home, grant))
  return { accepted, receipt }
})
