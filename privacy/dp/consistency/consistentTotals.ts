/** Totals of a coarser level: noisy figures, and for every cell the place of its total. */
export interface TotalLevel {
  readonly totals: ArrayLike<number>
  readonly variance: number
  readonly parentOf: ArrayLike<number>
}

/**
 * Fits cells to noisy totals of coarser levels by weighted least squares, one level after the other from fine to coarse
 * and again until nothing moves, then makes non-negative integers of them. Sums over the result are the totals.
 *
 * Post-processing: it sees noisy figures only, costs nothing, and never feeds back into accounting.
 * @param cells     noisy figures of the cells
 * @param variance  of the noise on a cell
 * @returns         non-negative integers, one per cell
 * @source          Hay et al. 2010 (arXiv 0904.0942) for the tree; here by alternating updates, which also fit levels that cross
 */
export function consistentTotals(
  cells: ArrayLike<number>,
  variance: number,
  levels: ReadonlyArray<TotalLevel>
): ReadonlyArray<number> {
  const fitted = Float64Array.from(cells)
  const members = levels.map(({ parentOf, totals }) => {
    const sizes = new Float64Array(totals.length)
    for (let i = 0; i < parentOf.length; i++) sizes[parentOf[i]!]!++
    return sizes
  })
  // The multiplier of each total: what it has added to its cells so far. Each step solves one level exactly.
  const pulls = levels.map(({ totals }) => new Float64Array(totals.length))
  for (let round = 0; round < 200; round++) {
    let moved = 0
    for (const [l, level] of levels.entries()) {
      const sums = new Float64Array(level.totals.length)
      for (let i = 0; i < fitted.length; i++) sums[level.parentOf[i]!]! += fitted[i]!
      const change = new Float64Array(sums.length)
      for (let p = 0; p < sums.length; p++) {
        const pull = pulls[l]![p]!
        const size = members[l]![p]!
        // cells move by variance * pull each; the total itself by -levelVariance * pull
        const rest = level.totals[p]! - sums[p]! - level.variance * pull
        change[p] = rest / (size * variance + level.variance)
        pulls[l]![p] = pull + change[p]!
      }
      for (let i = 0; i < fitted.length; i++) {
        const by = variance * change[level.parentOf[i]!]!
        fitted[i] = fitted[i]! + by
        moved = Math.max(moved, Math.abs(by))
      }
    }
    if (moved < 1e-6) break
  }
  return wholeNumbers(fitted)
}

/** Non-negative integers with the rounded sum of what they replace, by the largest remainders; negatives take from the others. */
function wholeNumbers(values: Float64Array): ReadonlyArray<number> {
  const target = Math.max(0, Math.round(values.reduce((sum, value) => sum + value, 0)))
  let shift = 0
  let positive = values.length
  // The Euclidean projection on non-negative numbers of one sum: subtract one amount from all that stay positive.
  for (let round = 0; round < 64; round++) {
    let [sum, count] = [0, 0]
    for (const value of values) {
      if (value - shift <= 0) continue
      sum += value
      count++
    }
    const next = count === 0 ? shift : (sum - target) / count
    if (count === positive && Math.abs(next - shift) < 1e-9) break
    shift = next
    positive = count
  }
  const kept = Array.from(values, (value) => Math.max(0, value - shift))
  const floors = kept.map(Math.floor)
  let missing = target - floors.reduce((sum, value) => sum + value, 0)
  const order = kept.map((_, i) => i).sort((a, b) => kept[b]! - floors[b]! - (kept[a]! - floors[a]!) || a - b)
  for (const i of order) {
    if (missing <= 0) break
    floors[i]!++
    missing--
  }
  return floors
}
