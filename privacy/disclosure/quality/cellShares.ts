import type { CodedTable } from "../table/CodedTable.ts"

/** Codes of one column that a comparison tells apart; the rest are one. */
const CODES = 64

/**
 * How many rows fall into each cell of some columns, as shares of all; rarer codes than the 62 commonest are one.
 *
 * @param rows  the rows to count; all if left out
 */
export function cellShares({ columns, rows }: CodedTable, of: ReadonlyArray<number>, only?: Uint32Array): Float64Array {
  const lists = of.map((c) => columns[c]!)
  const sizes = lists.map(({ size }) => Math.min(CODES, size))
  const shares = new Float64Array(sizes.reduce((cells, size) => cells * size, 1))
  const n = only?.length ?? rows
  const weight = n === 0 ? 0 : 1 / n
  for (let i = 0; i < n; i++) {
    const row = only === undefined ? i : only[i]!
    let cell = 0
    for (let k = 0; k < lists.length; k++) {
      const code = lists[k]!.codes[row]!
      cell = cell * sizes[k]! + (code < sizes[k]! ? code : sizes[k]! - 1)
    }
    shares[cell]! += weight
  }
  return shares
}
