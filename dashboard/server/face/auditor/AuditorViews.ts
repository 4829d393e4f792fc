import { Context } from "effect"
import type { Effect } from "effect"
import type { CheckCoverage } from "../../../api/auditor/CheckCoverage.ts"
import type { EntryProof } from "../../../api/auditor/EntryProof.ts"
import type { LogEntries } from "../../../api/auditor/LogEntries.ts"
import type { LogState } from "../../../api/auditor/LogState.ts"
import type { ReleaseEntry } from "../../../api/auditor/ReleaseEntry.ts"
import type { Verification } from "../../../api/auditor/Verification.ts"
import type { Delivery, ViewsError } from "../../Views.ts"

/** What the pages of auditors need of the lower floors, in the pages' own words. */
export class AuditorViews extends Context.Service<
  AuditorViews,
  {
    readonly log: Effect.Effect<LogState, ViewsError>
    /** Entries below an index, newest first. */
    entries(before: number | undefined, type: string | undefined): Effect.Effect<LogEntries, ViewsError>
    proof(index: number): Effect.Effect<EntryProof, ViewsError>
    readonly verify: Effect.Effect<Verification, ViewsError>
    readonly releases: Effect.Effect<ReadonlyArray<ReleaseEntry>, ViewsError>
    /** The signed certificate of a version. */
    certificate(id: string): Effect.Effect<object, ViewsError>
    /** The log, its verifier and all certificates as one file. */
    readonly bundle: Effect.Effect<Delivery, ViewsError>
    readonly checks: Effect.Effect<ReadonlyArray<CheckCoverage>, ViewsError>
  }
>()("dashboard/AuditorViews") {}
