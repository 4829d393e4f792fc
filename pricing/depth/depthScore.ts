import type { Evidence } from "../evidence/Evidence.ts"

/**
 * Scores depth from 0 to 100: 100 (0.5 min(1, H(S)/16) + 0.2 (1 - 2^(-years/3)) + 0.3 coverage).
 *
 * @param bits      H(S)
 * @param years     length of the history that the release covers
 * @param coverage  1 - total variation distance to the reference population; null where no strata are declared, which earns nothing
 * @throws          RangeError if an input is outside its range: a bug in the caller
 * @source          pricing.md, Depth
 */
export function depthScore(bits: Evidence, years: Evidence, coverage: Evidence | null): number {
  const covered = coverage?.value ?? 0
  if (!(bits.value >= 0)) throw new RangeError(`depthScore: ${bits.value} bits`)
  if (!(years.value >= 0)) throw new RangeError(`depthScore: ${years.value} years`)
  if (!(covered >= 0 && covered <= 1)) throw new RangeError(`depthScore: coverage ${covered}`)
  return 100 * (0.5 * Math.min(1, bits.value / 16) + 0.2 * (1 - 2 ** (-years.value / 3)) + 0.3 * covered)
}
