/** Scores stay below this, so that they and their differences are exact. */
const LARGEST = 2 ** 51

/**
 * The grid of scores, so many steps a row: 2^20, finer than any noise, or less where scores could leave the integers that a
 * number holds exactly.
 * @param most  the largest score to be expected, in rows: from noisy and public figures only
 */
export function scoreStep(most: number): number {
  return 2 ** Math.max(0, Math.min(20, Math.floor(Math.log2(LARGEST / Math.max(1, most)))))
}
