import { normalTail } from "#privacy/dp/normal/normalTail.ts"

/**
 * The p-value of Pearson's chi-square for integer draws against a law, bins below 5 expected merged into their
 * neighbour; by the cube-root approximation of Wilson and Hilferty, good to a few percent of the exponent.
 */
export function chiSquareP(draws: ReadonlyArray<number>, probability: (y: number) => number, reach: number): number {
  const counts = new Map<number, number>()
  for (const y of draws) counts.set(y, (counts.get(y) ?? 0) + 1)
  let statistic = 0
  let bins = 0
  let expected = 0
  let seen = 0
  let expectedSoFar = 0
  let seenSoFar = 0
  const close = (e: number, o: number): void => {
    statistic += (o - e) ** 2 / e
    bins++
  }
  for (let y = -reach; y <= reach; y++) {
    expected += draws.length * probability(y)
    seen += counts.get(y) ?? 0
    if (expected < 5) continue
    close(expected, seen)
    expectedSoFar += expected
    seenSoFar += seen
    expected = 0
    seen = 0
  }
  const rest = draws.length - expectedSoFar
  if (rest > 5) close(rest, draws.length - seenSoFar)
  const degrees = bins - 1
  const spread = 2 / (9 * degrees)
  return normalTail((Math.cbrt(statistic / degrees) - (1 - spread)) / Math.sqrt(spread))
}
