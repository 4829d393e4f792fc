/** Rows of integer codes in growing typed columns; emptied after each flush, so its size is that of one block of subjects. */
export class CodeTable {
  readonly names: ReadonlyArray<string>
  #columns: Array<Int32Array>
  #length = 0

  constructor(names: ReadonlyArray<string>) {
    this.names = names
    this.#columns = names.map(() => new Int32Array(4096))
  }

  get length(): number {
    return this.#length
  }

  /** Adds one row, one code a column. */
  add(...codes: ReadonlyArray<number>): void {
    if (codes.length !== this.#columns.length) throw new RangeError("CodeTable.add: one code a column")
    if (this.#length === this.#columns[0]!.length) this.#grow()
    const columns = this.#columns
    const row = this.#length++
    for (let i = 0; i < codes.length; i++) columns[i]![row] = codes[i]!
  }

  /** Adds the last row once more. */
  double(): void {
    this.add(...this.#columns.map((column) => column[this.#length - 1]!))
  }

  /** Gives all rows away in chunks of at most 2,048 and forgets them; a chunk is good until the next row is added. */
  *drain(): Generator<ReadonlyArray<ReadonlyArray<number>>> {
    const length = this.#length
    this.#length = 0
    for (let from = 0; from < length; from += 2048) {
      const to = Math.min(length, from + 2048)
      // The reader only indexes, and copying to plain arrays would cost as much as drawing the codes.
      yield this.#columns.map((column) => column.subarray(from, to) as unknown as ReadonlyArray<number>)
    }
  }

  #grow(): void {
    this.#columns = this.#columns.map((column) => {
      const wider = new Int32Array(column.length * 2)
      wider.set(column)
      return wider
    })
  }
}
