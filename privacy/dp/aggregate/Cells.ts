/** All cells of a release; `order[r]` is the cell of row r. */
export interface Cells {
  readonly length: number
  readonly publicCells: number
  readonly order: Uint32Array
  /** the place of a cell's value among those of a key */
  readonly indexOf: (key: number, cell: number) => number
  readonly valueOf: (key: number, cell: number) => string | number | bigint | boolean
}
