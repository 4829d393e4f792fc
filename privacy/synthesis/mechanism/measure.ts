import { Effect } from "effect"
import type { WarehouseError } from "#core/warehouse/WarehouseError.ts"
import { gaussianRho } from "../../dp/accounting/gaussianRho.ts"
import { gaussianVariance } from "../../dp/accounting/gaussianVariance.ts"
import { rhoUnits } from "../../dp/accounting/rhoUnits.ts"
import { Noise } from "../../dp/Noise.ts"
import { roundUpVariance } from "../../dp/sampler/roundUpVariance.ts"
import type { Clique } from "../model/Clique.ts"
import { joinCounts } from "./joinCounts.ts"
import type { Joining } from "./Joining.ts"
import type { MarginalSource } from "./MarginalSource.ts"
import type { Purse } from "./Purse.ts"
import type { Reading } from "./Reading.ts"

/**
 * Measures a marginal with exact discrete Gaussian noise. The purse pays before the table is read.
 *
 * One unit of privacy has at most `cap` rows, at worst all in one cell: the squared sensitivity is cap^2.
 * @param units    of 2^-40 rho that it may cost
 * @param joining  absent: over the domain as it is
 */
export const measure = Effect.fnUntraced(function* (
  source: MarginalSource,
  purse: Purse,
  clique: Clique,
  units: bigint,
  joining?: Joining
): Effect.fn.Return<Reading, WarehouseError, Noise> {
  const squared = BigInt(source.cap) ** 2n
  // A rounded variance is drawn four times as fast; what it leaves over, the last one uses up to the last unit.
  const exact = gaussianVariance(squared, units)
  const variance = units === purse.left ? exact : roundUpVariance(exact)
  const cost = rhoUnits.chargeExact(gaussianRho(squared, variance))
  purse.spend(cost)
  const table = yield* source.counts(clique)
  const own = joining === undefined ? table : joinCounts(source.sizes, joining, clique, table)
  const noise = yield* (yield* Noise).gaussian(variance, own.length)
  for (let j = 0; j < noise.length; j++) noise[j]! += own[j]!
  const joined = joining !== undefined && clique.some((column) => joining.codes[column] !== undefined)
  return { clique, joined, counts: noise, variance, rhoUnits: cost }
})
