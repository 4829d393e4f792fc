import { Context } from "effect"
import type { Effect } from "effect"
import type { RecordsError, Db } from "#core/records/Records.ts"
import type { Grant } from "./grant/Grant.ts"
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

/** What subjects permit, as the records know it. Works beside whatever process holds the warehouse. */
export class Consent extends Context.Service<
  Consent,
  {
    /** Raised by every committed change of grant, licence or policy. */
    readonly epoch: Effect.Effect<number, RecordsError>
    /** The ordinals of subjects named as in their source; new ones are enrolled with a salt. In the order given. */
    enrol(subjects: ReadonlyArray<string>): Effect.Effect<ReadonlyArray<number>, RecordsError>
    /** The ordinal of a subject that is enrolled and not erased. `BadInput` if there is none. */
    subject(id: string): Effect.Effect<number, RecordsError>
    /** What tokens and receipts call a subject. */
    pseudonym(subj: number): Effect.Effect<string, RecordsError>
    /** Takes a signed grant. `Refused` with the reason, which is logged, when a rule says no. */
    accept(token: string): Effect.Effect<Accepted, RecordsError>
    /** Interns what a controller asserts for a stream, or what a grant says; equal terms share a number, from 1 upward. */
    intern(terms: LicenceTerms): Effect.Effect<number, RecordsError>
    /** Every change after an epoch, oldest first. */
    changesSince(epoch: number): Effect.Effect<ReadonlyArray<SubjectChange>, RecordsError>
    /** Subjects that were frozen, withdrawn or erased after an epoch and are not active again: the small delta. Also within a transaction. */
    frozenSince(db: Db, epoch: number): ReadonlyArray<number>
    /** Remembers what an operation did and puts its `use` entry into the log. */
    record(db: Db, operation: OperationRecord): void
  }
>()("privacy/Consent") {}
