/**
 * How the rows of an asset fall into partitions. `by` is an expression over its columns that gives a row's partition: an instant or a day for
 * `daily`, else a text. A row whose `by` is null, lies before `start` or is not listed belongs to no partition and is left out of an incremental asset.
 *
 * `daily`: one a calendar day from `start` to the day of the run · `static`: the listed ones · `dynamic`: whatever values occur
 *
 * An incremental asset is made by partitions. On a `source`, `view` or `full` one they only tell readers which partitions a change touched.
 */
export type Partitions = {
  readonly by: string
  /** How many partitions one batch makes at most; all that are due when left out. */
  readonly batch?: number
  /** A row of one day of an input may show in this many days after it, so they are made again with it; daily only. */
  readonly lookback?: number
  /**
   * How partitions of an input, by its key, lie to these: `same` by name, or `all` when any of them may show in any of these.
   * Left out: `same` where the input is partitioned in the same way, else `all`.
   */
  readonly inputs?: Readonly<Record<string, "same" | "all">>
} & (
  | { readonly type: "daily"; /** ISO day. */ readonly start: string }
  | { readonly type: "static"; readonly keys: ReadonlyArray<string> }
  | { readonly type: "dynamic" }
)
