import type { Distribution } from "../../api/Distribution.ts"
import type { Field } from "../../api/Field.ts"
import { plainCell } from "./plainCell.ts"
import type { TablePart } from "./facetsOf.ts"

const most = 16

/**
 * Sums a measure over each value of a key. The cells' noise is independent, so the interval of a sum of n cells is sqrt(n)
 * times that of one.
 */
export function distributionOf({ table, facet }: TablePart, key: Field, measure: Field): Distribution {
  const sums = new Map<string, { value: number; cells: number }>()
  const keys = table.values[key.name]!
  const measured = table.values[measure.name]!
  for (let i = 0; i < table.length; i++) {
    const name = String(plainCell(keys[i]) ?? "∅")
    const sum = sums.get(name)
    const value = Number(measured[i])
    if (sum === undefined) sums.set(name, { value, cells: 1 })
    else {
      sum.value += value
      sum.cells += 1
    }
  }
  const halfWidth = table.halfWidths[measure.name] ?? 0
  const ordered = !/char|text|string/i.test(key.type)
  const bars = [...sums].map(([name, { value, cells }]) => ({
    key: name,
    value,
    low: value - halfWidth * Math.sqrt(cells),
    high: value + halfWidth * Math.sqrt(cells)
  }))
  if (ordered) bars.sort((a, b) => a.key.localeCompare(b.key, "en", { numeric: true }))
  else bars.sort((a, b) => b.value - a.value || a.key.localeCompare(b.key, "en"))
  // Of an ordered key the latest values matter; of an unordered one the largest.
  const shown = ordered ? bars.slice(-most) : bars.slice(0, most)
  return {
    field: key.label,
    measure: measure.label,
    unit: measure.unit,
    facet,
    confidence: 0.95,
    ordered,
    bars: shown,
    omitted: bars.length - shown.length
  }
}
