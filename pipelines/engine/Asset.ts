import type { Condition } from "../automation/Condition.ts"
import type { FreshnessPolicy } from "./FreshnessPolicy.ts"
import type { Partitions } from "./Partitions.ts"
import type { RetryPolicy } from "./RetryPolicy.ts"

/**
 * How an asset comes to be. `source`: landed from outside · `view`: never stored · `full`: made anew ·
 * `incremental_by_time_range`: the rows of a partition are replaced by those that the statement yields for it ·
 * `incremental_by_unique_key`: they are merged by the grain; of rows with one grain the one whose `partitions.by` is greatest stands, the newcomer
 * among equals, and the incoming one where there are no partitions · `release`: protected output.
 */
export type AssetKind =
  | "source"
  | "view"
  | "full"
  | "incremental_by_time_range"
  | "incremental_by_unique_key"
  | "release"

/**
 * A rule on the rows of an asset; a blocking one stops the publication. What breaks it is told either by a predicate on the asset's
 * rows or on another relation (`of`), so that many rules share one scan, or by a query over `{table}` that returns `_event_id`s.
 */
export type AssetCheck = { readonly name: string; readonly severity: "block" | "warn" } & (
  | { readonly breaks: string; readonly of?: string }
  | { readonly failing: string }
)

export interface Bilingual {
  readonly en: string
  readonly zh: string
}

/** The columns of what an asset reads, by key, as the warehouse has them now. */
export type InputColumns = ReadonlyMap<string, ReadonlyArray<string>>

/** A table defined in code: what it is. How it is made stands in `sql`, or with its kind. */
export interface Asset {
  /** `schema.name`, as it is named in SQL. */
  readonly key: string
  readonly kind: AssetKind
  readonly group: string
  readonly owners: ReadonlyArray<string>
  readonly description: Bilingual
  /** The keys of the assets that it reads. */
  readonly deps: ReadonlyArray<string>
  /**
   * One statement that yields the rows, for all but `source` and `release`; a function where it follows the columns of what arrived. It always yields
   * all rows: an incremental asset takes those of the partitions at hand from it, so it equals the `full` asset of the same statement.
   */
  readonly sql?: string | ((columns: InputColumns) => string)
  /** The columns that name a row. */
  readonly grain: ReadonlyArray<string>
  /** A function where the rules follow the columns of what arrived. */
  readonly checks: ReadonlyArray<AssetCheck> | ((columns: InputColumns) => ReadonlyArray<AssetCheck>)
  /** Everything else that decides what the asset holds: a source file's stream, a release's plan. */
  readonly config?: unknown
  /** Columns that must be there with exactly this type; others may be there too. */
  readonly contract?: ReadonlyArray<{ readonly name: string; readonly type: string }>
  readonly partitions?: Partitions
  readonly freshness?: FreshnessPolicy
  readonly retry?: RetryPolicy
  /** Assets of one pool are made at most `limit` at a time, whatever else a run does; the smallest limit named for a pool counts. */
  readonly pool?: { readonly name: string; readonly limit: number }
  readonly tags?: ReadonlyArray<string>
  /**
   * What a failed input means to it, by the input's key. `block` (usual): it is not tried · `allow_stale`: it is made from what that input held before,
   * and a notice says so.
   */
  readonly onFailedInput?: Readonly<Record<string, "block" | "allow_stale">>
  /** When a serving home makes it by itself; never when left out. */
  readonly automation?: Condition
}
