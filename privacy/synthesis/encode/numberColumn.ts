import type { NumberColumn } from "./CodedColumn.ts"
import type { GridColumn } from "./gridSql.ts"

/** A number column from its edges. */
export function numberColumn(
  { name, format, step }: GridColumn,
  edges: ReadonlyArray<number>,
  missing: boolean
): NumberColumn {
  const size = edges.length - 1
  const own = { kind: "numbers", name, format, step, edges } as const
  return missing ? { ...own, missing: size, size: size + 1 } : { ...own, size }
}
