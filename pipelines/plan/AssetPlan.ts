import type { BadInput } from "#core/BadInput.ts"
import type { AssetState } from "../engine/staleness.ts"
import type { ChangeClass, ColumnChange } from "./ColumnChange.ts"

/** What a run would do with one asset, and what that means for those who read it. */
export type AssetPlan = {
  readonly key: string
  readonly kind: string
  /** Why its statement does not fit what it reads; found without any data. */
  readonly problem?: Pick<BadInput, "code" | "message" | "fix" | "where">
  /** The gravest of `columns`; null where nothing that anybody sees changes. */
  readonly change: ChangeClass | null
  /** Only those that change; empty for a new asset, which nobody reads yet. */
  readonly columns: ReadonlyArray<ColumnChange>
  /** Null where it stays as it is. */
  readonly recompute: {
    /** How many rows it had last; what will be there is known when it is made. Null when it was never made or stores none. */
    readonly rows: number | null
    /** Partitions, where it is made by partition: how many, and the ranges in words. */
    readonly partitions?: { readonly count: number | null; readonly ranges: ReadonlyArray<string> }
  } | null
  /** Products made from it, directly or not. */
  readonly products: ReadonlyArray<string>
} & AssetState
