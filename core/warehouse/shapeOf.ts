import type { DuckDBConnection, DuckDBType } from "@duckdb/node-api"

/** A column of a result, its type as `describe` writes it. */
export interface ShapeColumn {
  readonly name: string
  readonly type: string
}

const plain = /^(?:[A-Z_]+(?: WITH TIME ZONE)?|DECIMAL\(\d+,\d+\))$/

const isPlain = (type: DuckDBType): boolean => type.alias === undefined && plain.test(String(type))

/**
 * The names and types of the columns that a statement yields, bound and not run. The driver knows those of the bound statement; nested and named types it
 * writes in other words than the engine does, and for these the engine is asked, which takes three times as long.
 */
export async function shapeOf(connection: DuckDBConnection, sql: string): Promise<ReadonlyArray<ShapeColumn>> {
  const prepared = await connection.prepare(sql)
  try {
    const types = Array.from({ length: prepared.columnCount }, (_, i) => prepared.columnType(i))
    if (types.every(isPlain)) return types.map((type, i) => ({ name: prepared.columnName(i), type: String(type) }))
  } finally {
    prepared.destroySync()
  }
  const rows = (await connection.runAndReadAll(`describe ${sql}`)).getRowObjectsJson()
  return rows.map((row) => ({ name: String(row["column_name"]), type: String(row["column_type"]) }))
}
