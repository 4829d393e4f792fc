import { quoteIdentifier } from "#core/warehouse/quoteIdentifier.ts"
import { totalFunction } from "./totalFunction.ts"

/** What a key column is computed from: a column, or one total function of a column. */
export interface KeySource {
  readonly column: string
  readonly columnType: string
  /** SQL type of the key in the released table */
  readonly type: "VARCHAR" | "BIGINT" | "DATE" | "BOOLEAN" | "DOUBLE"
  readonly call?: { readonly name: string; readonly argument: string }
}

/** The SQL of a key: total, and null where the row has no key. */
export function keySourceSql(source: KeySource): string {
  const column = quoteIdentifier(source.column)
  return source.call === undefined ? column : totalFunction[source.call.name]!.sql(column, source.call.argument)
}
