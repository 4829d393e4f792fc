import type { Field } from "../../api/Field.ts"
import { plainCell } from "./plainCell.ts"
import type { ReleasedTable } from "./ReleasedTable.ts"

const most = 6

/** A part of a table whose rows are of one kind; `facet` is null where the table has one kind only. */
export interface TablePart {
  readonly facet: string | null
  readonly keys: ReadonlyArray<Field>
  readonly table: ReleasedTable
}

/**
 * Splits a table in long form (relation, source, target) by the key that tells kinds of rows apart: one with a few values, which
 * another key's values determine. Figures of different kinds are not added up.
 */
export function facetsOf(table: ReleasedTable): ReadonlyArray<TablePart> {
  const keys = table.fields.filter((field) => field.part === "key")
  const facet = keys.length < 3 ? undefined : keys.find((key) => keys.some((other) => determines(table, other, key)))
  if (facet === undefined) return [{ facet: null, keys, table }]
  const rowsOf = new Map<string, Array<number>>()
  for (let i = 0; i < table.length; i++) {
    const name = String(plainCell(table.values[facet.name]![i]))
    const rows = rowsOf.get(name)
    if (rows === undefined) rowsOf.set(name, [i])
    else rows.push(i)
  }
  return [...rowsOf].map(([name, rows]) => ({
    facet: name,
    keys: keys.filter((key) => key !== facet),
    table: {
      ...table,
      length: rows.length,
      values: Object.fromEntries(
        table.fields.map((field) => [field.name, rows.map((row) => table.values[field.name]![row])])
      )
    }
  }))
}

/** Whether `key` has 2 to `most` values and each value of `other` goes with one of them, `other` having more values than `key`. */
function determines(table: ReleasedTable, other: Field, key: Field): boolean {
  if (other === key) return false
  const kindOf = new Map<unknown, unknown>()
  const kinds = new Set<unknown>()
  for (let i = 0; i < table.length; i++) {
    const kind = table.values[key.name]![i]
    const value = table.values[other.name]![i]
    kinds.add(kind)
    if (kinds.size > most || (kindOf.has(value) && kindOf.get(value) !== kind)) return false
    kindOf.set(value, kind)
  }
  return kinds.size > 1 && kindOf.size > kinds.size
}
