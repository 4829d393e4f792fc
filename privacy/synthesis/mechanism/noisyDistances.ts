import { Effect } from "effect"
import type { WarehouseError } from "#core/warehouse/WarehouseError.ts"
import { gaussianRho } from "../../dp/accounting/gaussianRho.ts"
import { gaussianVariance } from "../../dp/accounting/gaussianVariance.ts"
import { rhoUnits } from "../../dp/accounting/rhoUnits.ts"
import { Noise } from "../../dp/Noise.ts"
import { roundUpVariance } from "../../dp/sampler/roundUpVariance.ts"
import type { Clique } from "../model/Clique.ts"
import { distanceSteps } from "./distanceSteps.ts"
import { joinCounts } from "./joinCounts.ts"
import type { Joining } from "./Joining.ts"
import type { Purse } from "./Purse.ts"
import type { MarginalSource } from "./MarginalSource.ts"

/**
 * How far a model is from the table in each of some marginals: L1 distances in rows, each on a grid of `1 / step` under exact
 * discrete Gaussian noise. The purse pays for all of them together before one is read; see aim.proof.md.
 * @param units   of 2^-40 rho that they may cost together
 * @param answer  what the model says: counts per cell of a clique, from noisy figures only
 * @param step    steps a row, a power of two
 */
export const noisyDistances = Effect.fnUntraced(function* (
  source: MarginalSource,
  purse: Purse,
  units: bigint,
  joining: Joining,
  cliques: ReadonlyArray<Clique>,
  answer: (clique: Clique) => Float64Array,
  step: number
): Effect.fn.Return<Float64Array, WarehouseError, Noise> {
  if (cliques.length === 0) return new Float64Array(0)
  const squared = BigInt(cliques.length) * (BigInt(source.cap) * BigInt(step)) ** 2n
  const variance = roundUpVariance(gaussianVariance(squared, units))
  purse.spend(rhoUnits.chargeExact(gaussianRho(squared, variance)))
  const noisy = yield* (yield* Noise).gaussian(variance, cliques.length)
  for (const [place, clique] of cliques.entries()) {
    // One table at a time: thousands of them would not fit beside each other.
    const table = joinCounts(source.sizes, joining, clique, yield* source.counts(clique))
    noisy[place] = (noisy[place]! + distanceSteps(table, answer(clique), step)) / step
    if (place % 32 === 31) yield* Effect.yieldNow
  }
  return noisy
})
