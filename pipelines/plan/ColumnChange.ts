/**
 * What a change does to those who read a column. `breaking`: values or rows that they have seen become others, or it goes away ·
 * `non_breaking`: it is new, or holds more than before · `forward_only`: what was published stays; rows of partitions that were never made are added.
 */
export type ChangeClass = "breaking" | "non_breaking" | "forward_only"

/** One column of one asset that a run would change. `*` stands for all columns: other rows. */
export interface ColumnChange {
  readonly column: string
  readonly class: ChangeClass
  /**
   * `added` `removed` `retyped` · `computed`: its expression is another one · `rows`: which rows there are is decided in another way ·
   * `upstream`: what it is made from changes · `partitions`: it gets rows of new partitions
   */
  readonly what: "added" | "removed" | "retyped" | "computed" | "rows" | "upstream" | "partitions"
  /** Types, where they differ. */
  readonly before?: string
  readonly after?: string
  /** The column of an input, for `upstream`. */
  readonly through?: string
}

const weight: Readonly<Record<ChangeClass, number>> = { forward_only: 1, non_breaking: 2, breaking: 3 }

/** The gravest class among changes; undefined for none. */
export const gravest = (changes: ReadonlyArray<Pick<ColumnChange, "class">>): ChangeClass | undefined =>
  changes.map((change) => change.class).toSorted((a, b) => weight[b] - weight[a])[0]
