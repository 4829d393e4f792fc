import { Effect } from "effect"
import { Consent } from "../Consent.ts"
import type { LicenceTerms } from "../LicenceTerms.ts"
import { Revocations } from "../revocation/Revocations.ts"
import { grantTerms } from "./grantTerms.ts"
import type { PasskeyAssertion } from "./Passkeys.ts"
import { refuse } from "./readToken.ts"
import { takesAway } from "./takesAway.ts"

/**
 * Puts a grant that the customer's passkey signed in the place of what holds. The signature is checked first: a wrong one freezes nothing. Then, where the grant
 * takes something away, what was made under the former is frozen as by a revocation.
 *
 * @param before what holds now
 * @param now    second since 1970
 * @returns the accepted grant, and the receipt of what froze
 */
export const signedChange = Effect.fn("signedChange")(function* (
  subj: number,
  before: ReadonlyArray<LicenceTerms>,
  token: string,
  assertion: PasskeyAssertion,
  now: number
) {
  const consent = yield* Consent
  const signed = yield* consent.examine(token, assertion)
  if (signed.subj !== subj) return yield* refuse("subject", "is not of the customer who is signed in")
  const loses = takesAway(before, grantTerms(signed.grant), yield* consent.recipients, now)
  const receipt = loses ? yield* (yield* Revocations).revoke(subj) : undefined
  return { accepted: yield* consent.accept(token, signed), receipt }
})
