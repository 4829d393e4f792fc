/**
 * An interval for a rate from hits of n, sensible also at 0 and n.
 *
 * @param z  of the normal law: 1.96 for 95 %
 * @source   Wilson 1927
 */
export function wilsonInterval(hits: number, n: number, z: number): readonly [low: number, high: number] {
  if (n === 0) return [0, 1]
  const rate = hits / n
  const middle = (rate + z ** 2 / (2 * n)) / (1 + z ** 2 / n)
  const half = (z / (1 + z ** 2 / n)) * Math.sqrt((rate * (1 - rate)) / n + z ** 2 / (4 * n ** 2))
  return [hits === 0 ? 0 : Math.max(0, middle - half), hits === n ? 1 : Math.min(1, middle + half)]
}
