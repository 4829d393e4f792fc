import { Rational } from "../../dp/sampler/Rational.ts"
import type { Reading } from "../mechanism/Reading.ts"
import type { NoisyMarginals } from "./NoisyMarginals.ts"

/** The readings of a file of noisy marginals. */
export function readingsOf({ readings }: Pick<NoisyMarginals, "readings">): ReadonlyArray<Reading> {
  return readings.map(({ clique, joined, counts, variance: [num, den], rhoUnits }) => ({
    clique,
    joined,
    counts: Float64Array.from(counts),
    variance: Rational(BigInt(num), BigInt(den)),
    rhoUnits: BigInt(rhoUnits)
  }))
}
