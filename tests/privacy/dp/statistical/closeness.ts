/**
 * Whether two samples of n integers come from laws close in L2, by collisions within and between them: the statistic is
 * about n^2 times the squared distance and must stay below (t(n-1))(t n)/4.
 * @param tolerance  t
 * @source           Google, StatisticalTestsUtil.java; errs with at most 4014 / (n t^2) by its own bound
 */
export function areClose(a: ArrayLike<number>, b: ArrayLike<number>, tolerance: number): boolean {
  const n = a.length
  const counts = (draws: ArrayLike<number>): ReadonlyMap<number, number> => {
    const found = new Map<number, number>()
    for (let i = 0; i < n; i++) found.set(draws[i]!, (found.get(draws[i]!) ?? 0) + 1)
    return found
  }
  const [x, y] = [counts(a), counts(b)]
  const pairs = (found: ReadonlyMap<number, number>): number => {
    let sum = 0
    for (const count of found.values()) sum += (count * (count - 1)) / 2
    return sum
  }
  let cross = 0
  for (const [value, count] of x) cross += count * (y.get(value) ?? 0)
  return pairs(x) + pairs(y) - ((n - 1) / n) * cross < (tolerance * (n - 1) * (tolerance * n)) / 4
}
