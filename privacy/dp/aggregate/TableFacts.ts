/** What is publicly known about the table a release is made from: its shape, never its rows. */
export interface TableFacts {
  /** the asset key, such as `core.order` */
  readonly asset: string
  /** names and SQL types as the warehouse's catalog gives them */
  readonly columns: ReadonlyArray<{ readonly name: string; readonly type: string }>
  /** SHA-256 of the statement that makes the table, where the release file brings its own: it is part of what is asked */
  readonly statement?: string
  /** currencies that the connected sources declare, such as ["BRL"] */
  readonly currencies?: ReadonlyArray<string>
}
