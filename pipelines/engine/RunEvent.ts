import type { CheckResult } from "./evaluateChecks.ts"
import type { KeyRanges } from "./partition/KeyRange.ts"

/**
 * What a run says while it goes: typed, appended in order, never changed. `details` hold no value of any row. `partitions` are those that a batch
 * of an incremental asset makes; one asset may be checked and materialized several times in a run, once a batch.
 */
export type RunEvent =
  | { readonly type: "planned"; readonly assets: ReadonlyArray<string> }
  | { readonly type: "resumed"; readonly of: string }
  | { readonly type: "started"; readonly asset: string; readonly batches?: number }
  | { readonly type: "progress"; readonly asset: string; readonly share: number }
  | {
      readonly type: "checked"
      readonly asset: string
      readonly checks: ReadonlyArray<CheckResult>
      readonly partitions?: KeyRanges
    }
  | { readonly type: "noticed"; readonly asset: string; readonly notice: string }
  | {
      readonly type: "retried"
      readonly asset: string
      /** 1 for the second try. */
      readonly attempt: number
      readonly code: string
      readonly waitMillis: number
    }
  | {
      readonly type: "materialized"
      readonly asset: string
      readonly rows: number
      readonly millis: number
      readonly partitions?: KeyRanges
      /** Written by the next process, since this one was killed between publishing the rows and saying so. */
      readonly recovered?: true
    }
  | { readonly type: "skipped"; readonly asset: string; readonly reason: string }
  | {
      readonly type: "failed"
      readonly asset: string
      readonly code: string
      readonly message: string
      readonly fix: string
    }
  | { readonly type: "finished"; readonly state: "done" | "failed" }
