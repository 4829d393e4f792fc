import type { Field } from "../../api/Field.ts"
import type { Matrix } from "../../api/Matrix.ts"
import { plainCell } from "./plainCell.ts"
import type { TablePart } from "./facetsOf.ts"

const most = 14

interface Pair {
  value: number
  cells: number
}

/** Sums a measure over the pairs of two keys, heaviest rows and columns first. Other keys are summed away, which widens the interval. */
export function matrixOf({ table, facet }: TablePart, rowKey: Field, columnKey: Field, measure: Field): Matrix {
  const pairs = new Map<string, Map<string, Pair>>()
  const columnSums = new Map<string, number>()
  const rowSums = new Map<string, number>()
  let widest = 1
  const text = (column: ArrayLike<unknown>, i: number): string => String(plainCell(column[i]) ?? "∅")
  for (let i = 0; i < table.length; i++) {
    const row = text(table.values[rowKey.name]!, i)
    const column = text(table.values[columnKey.name]!, i)
    const value = Number(table.values[measure.name]![i])
    let inRow = pairs.get(row)
    if (inRow === undefined) pairs.set(row, (inRow = new Map()))
    const pair = inRow.get(column) ?? { value: 0, cells: 0 }
    pair.value += value
    pair.cells += 1
    widest = Math.max(widest, pair.cells)
    inRow.set(column, pair)
    rowSums.set(row, (rowSums.get(row) ?? 0) + value)
    columnSums.set(column, (columnSums.get(column) ?? 0) + value)
  }
  const rows = heaviest(rowSums, rowKey)
  const columns = heaviest(columnSums, columnKey)
  return {
    rowField: rowKey.label,
    columnField: columnKey.label,
    measure: measure.label,
    unit: measure.unit,
    facet,
    rows,
    columns,
    values: rows.map((row) => columns.map((column) => pairs.get(row)?.get(column)?.value ?? null)),
    halfWidth: (table.halfWidths[measure.name] ?? 0) * Math.sqrt(widest),
    confidence: 0.95
  }
}

function heaviest(sums: ReadonlyMap<string, number>, key: Field): ReadonlyArray<string> {
  const names = [...sums].sort(([, a], [, b]) => b - a).slice(0, most)
  const ordered = !/char|text|string/i.test(key.type)
  if (ordered) names.sort(([a], [b]) => a.localeCompare(b, "en", { numeric: true }))
  return names.map(([name]) => name)
}
