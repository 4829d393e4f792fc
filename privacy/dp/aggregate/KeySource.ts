/** What a key column is computed from: a column, or one total function of a column. */
export interface KeySource {
  readonly column: string
  readonly columnType: string
  /** SQL type of the key in the released table */
  readonly type: "VARCHAR" | "BIGINT" | "DATE" | "BOOLEAN" | "DOUBLE"
  readonly call?: { readonly name: string; readonly argument: string }
}
