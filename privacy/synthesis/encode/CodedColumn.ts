/** A column whose values are codes 0..size-1, with what is needed to code and to decode. The code for missing is the last. */
export type CodedColumn = LabelColumn | NumberColumn

export interface LabelColumn {
  readonly kind: "labels"
  readonly name: string
  /** text of each code but the one for missing */
  readonly labels: ReadonlyArray<string>
  /** type of the column in a Parquet file */
  readonly sqlType: "VARCHAR" | "BIGINT" | "DOUBLE" | "BOOLEAN"
  /** the code of values outside of the list; absent: they count as missing */
  readonly other?: number
  readonly missing?: number
  readonly size: number
}

/** Numbers on a grid: a value is `step` times a whole number; for days these count from 1970-01-01. */
export interface NumberColumn {
  readonly kind: "numbers"
  readonly name: string
  readonly format: "integer" | "real" | "date" | "money"
  readonly step: number
  /** in grid steps, rising: bin i holds edges[i] .. edges[i + 1] - 1 */
  readonly edges: ReadonlyArray<number>
  readonly missing?: number
  readonly size: number
}
