import { quoteIdentifier } from "#core/warehouse/quoteIdentifier.ts"
import type { KeySource } from "./KeySource.ts"
import { totalFunction } from "./totalFunction.ts"

/** The SQL of a key: total, and null where the row has no key. */
export function keySourceSql(source: KeySource): string {
  const column = quoteIdentifier(source.column)
  return source.call === undefined ? column : totalFunction[source.call.name]!.sql(column, source.call.argument)
}
