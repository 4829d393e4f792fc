import type { TableShape } from "./csvLines.ts"

/** The type of each column of a decoded table, in its order. */
export function sqlTypes({ columns, keys }: TableShape): ReadonlyArray<readonly [name: string, type: string]> {
  const types = { integer: "BIGINT", real: "DOUBLE", date: "DATE", money: "DECIMAL(18,2)" } as const
  return [
    ...keys.map(({ name }) => [name, "VARCHAR"] as const),
    ...columns.map((column) => [column.name, column.kind === "labels" ? column.sqlType : types[column.format]] as const)
  ]
}
