import type { CoverProblem } from "./coverProblem.ts"

/**
 * Bounds the cost of every cover from below, by linear programming: the best prices y of cell classes such that no item gives more
 * worth of cells than it costs. Whatever covers every class then costs at least the sum of y.
 *
 * Primal simplex on the dual, which starts feasible at y = 0, with Bland's rule once it stalls. The bound is what the found y proves,
 * recomputed with every y scaled down to satisfy the constraints, so rounding in the tableau cannot make it too high.
 *
 * @returns  minor units, and for each item how much of it the relaxed cover takes
 */
export function coverBound({ items, classes }: CoverProblem): { bound: number; taken: Float64Array } {
  const m = items.length
  const width = classes + m + 1
  const tableau = items.map((item, j) => {
    const row = new Float64Array(width)
    for (const c of item.classes) row[c] = item.gain
    row[classes + j] = 1
    row[width - 1] = item.fen
    return row
  })
  const costs = new Float64Array(width)
  for (let c = 0; c < classes; c++) costs[c] = -1
  const basis = items.map((_, j) => classes + j)
  const most = 50 * (m + classes) + 100
  for (let pivots = 0; pivots < most; pivots++) {
    const entering = enteringColumn(costs, width - 1, pivots > most / 2)
    if (entering < 0) break
    const leaving = leavingRow(tableau, basis, entering, width - 1)
    if (leaving < 0) break
    pivot(tableau, costs, leaving, entering)
    basis[leaving] = entering
  }
  const y = new Float64Array(classes)
  for (let j = 0; j < m; j++) if (basis[j]! < classes) y[basis[j]!] = Math.max(0, tableau[j]![width - 1]!)
  const taken = Float64Array.from(items, (_, j) => Math.max(0, costs[classes + j]!))
  return { bound: provenBy(y, items), taken }
}

function enteringColumn(costs: Float64Array, n: number, bland: boolean): number {
  let best = -1
  let least = -1e-9
  for (let c = 0; c < n; c++) {
    if (costs[c]! >= least) continue
    best = c
    if (bland) break
    least = costs[c]!
  }
  return best
}

function leavingRow(
  tableau: ReadonlyArray<Float64Array>,
  basis: ReadonlyArray<number>,
  column: number,
  last: number
): number {
  let best = -1
  let least = Infinity
  for (let j = 0; j < tableau.length; j++) {
    const row = tableau[j]!
    if (row[column]! <= 1e-9) continue
    const ratio = row[last]! / row[column]!
    if (ratio < least - 1e-12 || (ratio <= least && basis[j]! < basis[best]!)) {
      least = ratio
      best = j
    }
  }
  return best
}

function pivot(tableau: ReadonlyArray<Float64Array>, costs: Float64Array, leaving: number, entering: number): void {
  const row = tableau[leaving]!
  const divisor = row[entering]!
  for (let c = 0; c < row.length; c++) row[c]! /= divisor
  for (const other of [...tableau, costs]) {
    const factor = other[entering]!
    if (other === row || factor === 0) continue
    for (let c = 0; c < row.length; c++) other[c]! -= factor * row[c]!
  }
}

function provenBy(y: Float64Array, items: CoverProblem["items"]): number {
  let scale = 1
  for (const { classes, gain, fen } of items) {
    let worth = 0
    for (const c of classes) worth += y[c]!
    worth *= gain
    if (worth > fen) scale = Math.min(scale, fen / worth)
  }
  let sum = 0
  for (const value of y) sum += value
  return sum * scale
}
