/**
 * Measures the Shannon entropy, in bits, of key columns taken together, each row weighted by max(0, weight).
 *
 * Rows that agree on every column fall into one cell, so a duplicate or a constant column adds exactly 0, and no columns at all
 * give 0. Monotone and submodular in the set of columns.
 *
 * @param columns  key columns of one released table, each of the table's length; values are told apart by type and content
 * @param weights  one per row, such as released counts; null for equal weights. Negative and NaN weights count as 0
 * @returns        bits; 0 for an empty table or when no weight is positive
 * @throws         RangeError if the lengths differ: a bug in the caller
 * @source         pricing.md, Depth of a dp_aggregate
 */
export function keyEntropy(columns: ReadonlyArray<ArrayLike<unknown>>, weights: ArrayLike<number> | null): number {
  const length = columns[0]?.length ?? 0
  if (columns.some((column) => column.length !== length))
    throw new RangeError("keyEntropy: columns of different length")
  if (weights !== null && columns.length > 0 && weights.length !== length)
    throw new RangeError("keyEntropy: weights of another length")

  const cell = new Float64Array(length)
  let cells = length === 0 ? 0 : 1
  for (const column of columns) cells = refine(cell, cells, column)

  const mass = new Float64Array(cells)
  for (let i = 0; i < length; i++) {
    const weight = weights === null ? 1 : weights[i]!
    if (weight > 0) mass[cell[i]!]! += weight
  }
  return entropyOf(mass)
}

/** Splits each cell by the column's values, in place; returns how many cells there are now. */
function refine(cell: Float64Array, cells: number, column: ArrayLike<unknown>): number {
  const codes = new Map<unknown, number>()
  const renumbered = new Map<number, number>()
  for (let i = 0; i < cell.length; i++) {
    const value = column[i]
    let code = codes.get(value)
    if (code === undefined) codes.set(value, (code = codes.size))
    // Both factors are at most the row count, so the pair's number is exact.
    const pair = code * cells + cell[i]!
    let number = renumbered.get(pair)
    if (number === undefined) renumbered.set(pair, (number = renumbered.size))
    cell[i] = number
  }
  return renumbered.size
}

function entropyOf(mass: Float64Array): number {
  // Sorted, so that the same table in another row order gives the same bits to the last digit.
  mass.sort()
  let total = 0
  for (let i = 0; i < mass.length; i++) total += mass[i]!
  if (total === 0) return 0
  let bits = 0
  for (let i = 0; i < mass.length; i++) {
    const share = mass[i]! / total
    if (share > 0) bits -= share * Math.log2(share)
  }
  return Math.max(0, bits)
}
