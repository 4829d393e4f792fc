/** A typed column of a released table. */
export interface TypedColumn {
  /** SQL type. */
  readonly type: string
  readonly values: ArrayLike<unknown>
}

const fixed: Readonly<Record<string, number>> = {
  BOOLEAN: 1,
  TINYINT: 1,
  UTINYINT: 1,
  SMALLINT: 2,
  USMALLINT: 2,
  INTEGER: 4,
  UINTEGER: 4,
  FLOAT: 4,
  DATE: 4,
  BIGINT: 8,
  UBIGINT: 8,
  DOUBLE: 8,
  TIME: 8,
  TIMESTAMP: 8,
  "TIMESTAMP WITH TIME ZONE": 8,
  HUGEINT: 16,
  UUID: 16
}
const encoder = new TextEncoder()

/**
 * Counts the logical bytes of a table: the size of its values in memory by their SQL type, text as UTF-8 with a 4-byte length, and one
 * byte of validity a value. The same for CSV, JSON, Parquet and Arrow, so that nobody pays more or less for an encoding.
 *
 * @source  pricing.md, Further rules: GB are charged on canonical logical bytes, never wire bytes
 */
export function canonicalBytes(columns: ReadonlyArray<TypedColumn>): number {
  let bytes = 0
  for (const { type, values } of columns) {
    const size = fixed[type] ?? (type.startsWith("DECIMAL") ? 16 : undefined)
    bytes += values.length * (1 + (size ?? 4))
    if (size !== undefined) continue
    for (let i = 0; i < values.length; i++) {
      const value = values[i]
      if (value !== null && value !== undefined) bytes += encoder.encode(String(value)).length
    }
  }
  return bytes
}
