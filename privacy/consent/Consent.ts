import { Context, Layer } from "effect"
import type { Effect } from "effect"
import type { Home } from "#core/home/Home.ts"
import type { Log } from "#core/log/Log.ts"
import type { Db, Records, RecordsError } from "#core/records/Records.ts"
import { openConsent } from "./openConsent.ts"
import type { Recipients } from "./decide/compileRules.ts"
import type { Grant } from "./grant/Grant.ts"
import type { PasskeyAssertion, Passkeys } from "./grant/Passkeys.ts"
import type { SignedGrant } from "./grant/SignedGrant.ts"
import type { LicenceTerms } from "./LicenceTerms.ts"
import type { OperationRecord } from "./Permit.ts"
import type { SubjectChange } from "./SubjectState.ts"

/** A grant that is in force from now on. */
export interface Accepted {
  readonly digest: string
  readonly subj: number
  readonly seq: number
  readonly epoch: number
  readonly grant: Grant
}

/** What a subject needs to sign the next grant of the own chain. */
export interface Draft {
  readonly subject: string
  readonly seq: number
  readonly prev: string | null
  /** Holds for ten minutes and for one grant. */
  readonly nonce: string
}

/** A change with the terms that hold from it on, where a grant came into force. */
export interface TermsChange extends SubjectChange {
  /** Interned number and terms of the grant; undefined for a change that takes away. */
  readonly terms: { readonly number: number; readonly terms: LicenceTerms } | undefined
}

/** What subjects permit, as the records know it. Works beside whatever process holds the warehouse. */
export class Consent extends Context.Service<
  Consent,
  {
    /** Raised by every committed change of grant, licence or policy. */
    readonly epoch: Effect.Effect<number, RecordsError>
    /** The latest second since 1970 at which anything of consent was written down; licences are never judged by an earlier one. */
    readonly latest: Effect.Effect<number, RecordsError>
    /** The last ordinal that was enrolled; 0 before the first. */
    readonly lastSubject: Effect.Effect<number, RecordsError>
    /** Gives subjects of the warehouse their salts. Enrolling again changes nothing. */
    enrol(subjects: ReadonlyArray<{ readonly subj: number; readonly id: string }>): Effect.Effect<void, RecordsError>
    /** The ordinal of a subject, named as in its source. `BadInput` for one that is unknown or erased. */
    subject(id: string): Effect.Effect<number, RecordsError>
    /** Begins the next grant of a subject's chain. */
    draft(subj: number): Effect.Effect<Draft, RecordsError>
    /**
     * Checks the passkey's signature and everything else that stands against a grant before anything follows from it. The signature is used
     * up; `accept` takes the answer in its place.
     */
    examine(token: string, assertion: PasskeyAssertion): Effect.Effect<SignedGrant, RecordsError>
    /** Takes a signed grant. `Refused` with the reason, which is logged, when a rule says no. */
    accept(token: string, proof?: PasskeyAssertion | SignedGrant): Effect.Effect<Accepted, RecordsError>
    /** The grant in force of a subject, or of the last state; undefined where only the controller's word stands. */
    grantOf(subj: number): Effect.Effect<Grant | undefined, RecordsError>
    /** Every change after an epoch, oldest first. */
    changesSince(epoch: number): Effect.Effect<ReadonlyArray<TermsChange>, RecordsError>
    /** Subjects who took something back after an epoch, whatever they granted since: the small delta. For use within a transaction. */
    frozenSince(db: Db, epoch: number): ReadonlyArray<number>
    /** Bits of recipients: classes and named parties. */
    readonly recipients: Effect.Effect<Recipients, RecordsError>
    /** Gives a named party its bit. `BadInput` for what is no recipient. */
    nameRecipient(id: string): Effect.Effect<void, RecordsError>
    /** Remembers what an operation did; `Uses` logs that it happened. */
    record(db: Db, operation: OperationRecord, at: number): void
  }
>()("privacy/Consent") {
  static readonly layer: Layer.Layer<Consent, RecordsError, Records | Log | Home | Passkeys> = Layer.effect(
    Consent,
    openConsent
  )
}
