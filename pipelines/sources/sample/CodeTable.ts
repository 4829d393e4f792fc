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
    for (let i = 0; i < codes.length; i++) this.#columns[i]![this.#length] = codes[i]!
    this.#length++
  }

  /** Adds the last row once more. */
  double(): void {
    this.add(...this.#columns.map((column) => column[this.#length - 1]!))
  }

  /** Gives all rows away in chunks of at most 2,048 and forgets them. */
  *drain(): Generator<ReadonlyArray<ReadonlyArray<number>>> {
    const length = this.#length
    this.#length = 0
    for (let from = 0; from < length; from += 2048) {
      const n = Math.min(2048, length - from)
      yield this.#columns.map((column) => {
        // A plain loop: Array.from on a typed array takes ten times as long.
        const values: Array<number> = []
        for (let i = 0; i < n; i++) values.push(column[from + i]!)
        return values
      })
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
