/** A cell of an answer. Whole numbers beyond 2^53 and everything that JSON has no type for are texts. */
export type LookupCell = string | number | boolean | null

/** A released table in memory, by column, with the rows of every value of each key column. */
export interface LookupTable {
  readonly columns: ReadonlyArray<{ readonly name: string; readonly type: string }>
  readonly values: Readonly<Record<string, ReadonlyArray<LookupCell>>>
  readonly length: number
  /** By key column, by its value as text: row numbers, rising. */
  readonly index: ReadonlyMap<string, ReadonlyMap<string, Int32Array>>
}
