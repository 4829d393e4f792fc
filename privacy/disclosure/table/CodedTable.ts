/** The rows of one file as numbers, column by column; the codes of all files of a report mean the same. */
export interface CodedTable {
  readonly rows: number
  readonly columns: ReadonlyArray<CodedColumn>
}

export interface CodedColumn {
  readonly name: string
  readonly kind: "number" | "category"
  /** how many codes there are; of numbers 20 bins with about as many real rows each, of categories by frequency */
  readonly size: number
  /** 0 is missing */
  readonly codes: Uint16Array
  /**
   * For distances: of a number its rank in the real file in 0..1, of a category its code. Missing is -9. Two rows differ in a
   * column by min(1, |difference|).
   */
  readonly place: Float32Array
}
