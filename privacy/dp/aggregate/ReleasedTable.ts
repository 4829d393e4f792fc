/** A column of a released table; days are ISO text. */
export interface ReleasedColumn {
  readonly name: string
  readonly type: "VARCHAR" | "BIGINT" | "DATE" | "BOOLEAN" | "DOUBLE"
  readonly role: "key" | "measure"
  readonly values: ReadonlyArray<string | number | bigint | boolean>
  /** per row of a measure: half of the 95 % interval of its noise, in its own unit; absent for keys */
  readonly halfWidths?: ReadonlyArray<number>
}

/** What a release publishes: noisy figures only, rows sorted by their keys. */
export interface ReleasedTable {
  readonly rows: number
  readonly columns: ReadonlyArray<ReleasedColumn>
}
