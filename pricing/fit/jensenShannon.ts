/**
 * Jensen-Shannon divergence of two distributions over the same strata, in bits: 0 where they agree, 1 where they share nothing.
 *
 * @param p  shares that sum to 1, or all 0 for an empty population, which is as far as can be
 * @param q  of the same length
 * @throws   RangeError if the lengths differ: a bug in the caller
 */
export function jensenShannon(p: ReadonlyArray<number>, q: ReadonlyArray<number>): number {
  if (p.length !== q.length) throw new RangeError("jensenShannon: different strata")
  const isEmpty = (shares: ReadonlyArray<number>): boolean => shares.every((share) => share === 0)
  if (isEmpty(p) || isEmpty(q)) return 1
  let divergence = 0
  for (let i = 0; i < p.length; i++) {
    const middle = (p[i]! + q[i]!) / 2
    if (p[i]! > 0) divergence += (p[i]! * Math.log2(p[i]! / middle)) / 2
    if (q[i]! > 0) divergence += (q[i]! * Math.log2(q[i]! / middle)) / 2
  }
  return Math.min(1, Math.max(0, divergence))
}
