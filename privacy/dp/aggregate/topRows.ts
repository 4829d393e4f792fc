import type { ReleasedTable } from "./ReleasedTable.ts"

/** Keeps the k rows with the largest figure of a measure, in the order of the table: a choice among noisy figures costs nothing. */
export function topRows(
  table: ReleasedTable,
  top: { readonly by: string; readonly k: number } | undefined
): ReleasedTable {
  if (top === undefined || table.rows <= top.k) return table
  const figures = table.columns.find((column) => column.name === top.by)!.values
  const places = Array.from({ length: table.rows }, (_, row) => row)
    .sort((a, b) => Number(figures[b]) - Number(figures[a]) || a - b)
    .slice(0, top.k)
    .sort((a, b) => a - b)
  const pick = <A>(values: ReadonlyArray<A>): ReadonlyArray<A> => places.map((row) => values[row]!)
  return {
    rows: places.length,
    columns: table.columns.map(({ halfWidths, ...column }) => ({
      ...column,
      values: pick(column.values),
      ...(halfWidths === undefined ? {} : { halfWidths: pick(halfWidths) })
    }))
  }
}
