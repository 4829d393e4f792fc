import type { CodedTable } from "./CodedTable.ts"

/** The given rows of a table, in that order. */
export function pickRows({ columns }: CodedTable, rows: Uint32Array): CodedTable {
  return {
    rows: rows.length,
    columns: columns.map((column) => {
      const codes = new Uint16Array(rows.length)
      const place = new Float32Array(rows.length)
      for (let i = 0; i < rows.length; i++) {
        codes[i] = column.codes[rows[i]!]!
        place[i] = column.place[rows[i]!]!
      }
      return { ...column, codes, place }
    })
  }
}
