/** What can be done with a column of an SQL type in a release; `other` can be neither key nor measure. */
export type ColumnFamily = "text" | "integer" | "decimal" | "float" | "day" | "instant" | "boolean" | "other"

const families: ReadonlyArray<readonly [RegExp, ColumnFamily]> = [
  [/^(VARCHAR|ENUM)\b/, "text"],
  [/^(U?(TINYINT|SMALLINT|INTEGER|BIGINT)|HUGEINT)$/, "integer"],
  [/^DECIMAL\b/, "decimal"],
  [/^(DOUBLE|FLOAT)$/, "float"],
  [/^DATE$/, "day"],
  [/^TIMESTAMP(?!_NS)/, "instant"],
  [/^BOOLEAN$/, "boolean"]
]

/** Sorts an SQL type, as the warehouse's catalog writes it, into its family. Lists, structs and what
 * can raise when compared or cast (UHUGEINT, TIMESTAMP_NS) are `other`. */
export function columnFamily(type: string): ColumnFamily {
  if (/[[\]]$|^STRUCT|^MAP|^UNION/.test(type)) return "other"
  return families.find(([pattern]) => pattern.test(type))?.[1] ?? "other"
}
