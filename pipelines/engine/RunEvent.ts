import type { CheckResult } from "./evaluateChecks.ts"

/** What a run says while it goes: typed, appended in order, never changed. `details` hold no value of any row. */
export type RunEvent =
  | { readonly type: "planned"; readonly assets: ReadonlyArray<string> }
  | { readonly type: "resumed"; readonly of: string }
  | { readonly type: "started"; readonly asset: string }
  | { readonly type: "progress"; readonly asset: string; readonly share: number }
  | { readonly type: "checked"; readonly asset: string; readonly checks: ReadonlyArray<CheckResult> }
  | { readonly type: "noticed"; readonly asset: string; readonly notice: string }
  | { readonly type: "materialized"; readonly asset: string; readonly rows: number; readonly millis: number }
  | { readonly type: "skipped"; readonly asset: string; readonly reason: string }
  | {
      readonly type: "failed"
      readonly asset: string
      readonly code: string
      readonly message: string
      readonly fix: string
    }
  | { readonly type: "finished"; readonly state: "done" | "failed" }
