/** All cells of a release; `order[r]` is the cell of row r. */
export interface Cells {
  readonly length: number
  readonly publicCells: number
  /** of all cells the chosen ones, and the place of each among these; absent: all are published */
  readonly only?: ReadonlyMap<number, number>
  readonly order: Uint32Array
  /** the place of a cell's value among those of a key */
  readonly indexOf: (key: number, cell: number) => number
  readonly valueOf: (key: number, cell: number) => string | number | bigint | boolean
}
