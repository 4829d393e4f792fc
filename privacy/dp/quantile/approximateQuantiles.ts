/**
 * One choice among candidates 0..n-1 by misses, such as `exponentialMechanism` over a source of bits.
 * @param sensitivity  by how much one subject may move a miss
 */
export type Choose = (misses: ReadonlyArray<number>, sensitivity: number) => number

/**
 * Several quantiles of counted values at once: the middle one over all candidates, then the lower ones among the values
 * up to it and the higher ones among those above. A subject is in one of the two, so each depth costs one choice.
 *
 * Depth is ceil(log2(m + 1)) for m quantiles. The miss of candidate c is how far over * n lies outside
 * of under * (values < c) .. under * (values <= c), an integer that one subject moves by at most max(over, under - over).
 * @param counts  per candidate, the values that fall on it (rounded up to it); clamped before, nothing dropped
 * @param shares  rising numerators of the probabilities over `under`
 * @returns       places of the candidates, rising
 * @source        Kaplan, Schnapp, Stemmer 2022 (arXiv 2110.05429), algorithm 1; quantile.proof.md
 */
export function approximateQuantiles(
  counts: ArrayLike<number>,
  shares: ReadonlyArray<number>,
  under: number,
  choose: Choose
): ReadonlyArray<number> {
  const places = Array<number>(shares.length)
  const solve = (from: number, to: number, first: number, last: number, base: number, whole: number): void => {
    if (first > last) return
    const middle = (first + last) >> 1
    const over = shares[middle]! - base
    const n = sum(counts, from, to)
    const misses: Array<number> = []
    let below = 0
    for (let c = from; c <= to; c++) {
      const less = below
      below += counts[c]!
      misses.push(Math.max(0, whole * less - over * n, over * n - whole * below))
    }
    const place = from + choose(misses, Math.max(over, whole - over))
    places[middle] = place
    solve(from, place, first, middle - 1, base, over)
    solve(Math.min(place + 1, to), to, middle + 1, last, shares[middle]!, whole - over)
  }
  solve(0, counts.length - 1, 0, shares.length - 1, 0, under)
  return places
}

function sum(counts: ArrayLike<number>, from: number, to: number): number {
  let total = 0
  for (let c = from; c <= to; c++) total += counts[c]!
  return total
}
