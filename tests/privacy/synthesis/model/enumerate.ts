import type { Clique } from "#privacy/synthesis/model/Clique.ts"

/** Every cell of a small domain as codes, in row-major order. */
export function cellsOfDomain(sizes: ReadonlyArray<number>): ReadonlyArray<ReadonlyArray<number>> {
  let cells: Array<Array<number>> = [[]]
  for (const size of sizes) cells = cells.flatMap((cell) => Array.from({ length: size }, (_, x) => [...cell, x]))
  return cells
}

/** Place of a cell in the table of a clique. */
export const placeOf = (sizes: ReadonlyArray<number>, clique: Clique, cell: ReadonlyArray<number>): number =>
  clique.reduce((place, column) => place * sizes[column]! + cell[column]!, 0)

/** The marginal of p(x) proportional to exp(sum of factors) over a whole small domain, scaled to `total`: by brute force. */
export function enumerated(
  sizes: ReadonlyArray<number>,
  factors: ReadonlyArray<{ readonly clique: Clique; readonly logs: Float64Array }>,
  asked: Clique,
  total: number
): Float64Array {
  const cells = cellsOfDomain(sizes)
  const weights = cells.map((cell) =>
    Math.exp(factors.reduce((sum, { clique, logs }) => sum + logs[placeOf(sizes, clique, cell)]!, 0))
  )
  const mass = weights.reduce((a, b) => a + b, 0)
  const marginal = new Float64Array(asked.reduce((n, column) => n * sizes[column]!, 1))
  cells.forEach((cell, i) => (marginal[placeOf(sizes, asked, cell)]! += (total * weights[i]!) / mass))
  return marginal
}
