import type { Reading } from "../mechanism/Reading.ts"
import type { NoisyMarginals } from "./NoisyMarginals.ts"

/** Readings as they stand in a file of noisy marginals. */
export function writeReadings(readings: ReadonlyArray<Reading>): NoisyMarginals["readings"] {
  return readings.map(({ clique, joined, counts, variance, rhoUnits }) => ({
    clique,
    joined,
    counts: [...counts],
    variance: [String(variance.num), String(variance.den)],
    rhoUnits: String(rhoUnits)
  }))
}
