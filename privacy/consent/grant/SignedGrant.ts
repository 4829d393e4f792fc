import type { Grant } from "./Grant.ts"
import type { PasskeyAssertion } from "./Passkeys.ts"

/** A grant whose passkey signature was checked and used up. Made by `Consent.examine` and by nothing else. */
export class SignedGrant {
  readonly grant: Grant
  readonly digest: string
  readonly subj: number
  readonly assertion: PasskeyAssertion

  constructor(grant: Grant, digest: string, subj: number, assertion: PasskeyAssertion) {
    this.grant = grant
    this.digest = digest
    this.subj = subj
    this.assertion = assertion
  }
}
