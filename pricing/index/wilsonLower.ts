const z = 1.959963984540054

/**
 * The lower end of the Wilson 95 % interval of a rate: 97 of 100 is 0.9155, 970 of 1000 is 0.9575, 1 of 1 is 0.207, so that a small sample
 * cannot look perfect.
 *
 * @param successes  0 to trials
 * @param trials     0 or more; none is a rate of 0
 * @throws           RangeError outside these: a bug in the caller
 * @source           Wilson 1927; pricing.md, Tradability index
 */
export function wilsonLower(successes: number, trials: number): number {
  if (!(successes >= 0 && successes <= trials && trials < Infinity))
    throw new RangeError(`wilsonLower: ${successes} of ${trials}`)
  if (trials === 0) return 0
  const rate = successes / trials
  const centre = rate + z ** 2 / (2 * trials)
  const spread = z * Math.sqrt((rate * (1 - rate)) / trials + z ** 2 / (4 * trials ** 2))
  return Math.max(0, (centre - spread) / (1 + z ** 2 / trials))
}
