import { quoteIdentifier } from "#core/warehouse/quoteIdentifier.ts"

/** A column of a shared table as the protocol's schema names it, and the expression that makes it of our type. */
export interface SparkColumn {
  readonly name: string
  /** Spark's name of the type. */
  readonly type: string
  readonly sql: string
}

const same: Readonly<Record<string, string>> = {
  VARCHAR: "string",
  BIGINT: "long",
  INTEGER: "integer",
  SMALLINT: "short",
  TINYINT: "byte",
  DOUBLE: "double",
  FLOAT: "float",
  BOOLEAN: "boolean",
  DATE: "date",
  TIMESTAMP: "timestamp",
  "TIMESTAMP WITH TIME ZONE": "timestamp"
}
/** Types that Spark lacks, and the nearest that loses nothing. */
const wider: Readonly<Record<string, readonly [sql: string, spark: string]>> = {
  UTINYINT: ["smallint", "short"],
  USMALLINT: ["integer", "integer"],
  UINTEGER: ["bigint", "long"],
  UBIGINT: ["decimal(20, 0)", "decimal(20,0)"]
}

/**
 * How a column is shared. Types beyond numbers, texts, days and times are shared as text.
 *
 * @param type  DuckDB's name of it
 */
export function sparkColumn(name: string, type: string): SparkColumn {
  const column = quoteIdentifier(name)
  const spark = same[type] ?? (type.startsWith("DECIMAL") ? type.toLowerCase().replaceAll(" ", "") : undefined)
  if (spark !== undefined) return { name, type: spark, sql: column }
  const [cast, widened] = wider[type] ?? ["varchar", "string"]
  return { name, type: widened, sql: `cast(${column} as ${cast}) as ${column}` }
}
