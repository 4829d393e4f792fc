/** How an asset comes to be. `source`: landed from outside · `view`: never stored · `full`: made anew · `release`: protected output. */
export type AssetKind = "source" | "view" | "full" | "release"

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
  /** One statement that yields the rows, for `view` and `full`; a function where it follows the columns of what arrived. */
  readonly sql?: string | ((columns: InputColumns) => string)
  /** The columns that name a row. */
  readonly grain: ReadonlyArray<string>
  /** A function where the rules follow the columns of what arrived. */
  readonly checks: ReadonlyArray<AssetCheck> | ((columns: InputColumns) => ReadonlyArray<AssetCheck>)
  /** Everything else that decides what the asset holds: a source file's stream, a release's plan. */
  readonly config?: unknown
}
