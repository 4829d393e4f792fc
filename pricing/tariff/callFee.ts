import { charge } from "./charge.ts"
import type { Decimal } from "./Decimal.ts"
import type { Tariff } from "./Tariff.ts"

/**
 * Charges n outputs of an API: by the graduated tariff, and never less than the same n outputs bought in bulk, so that nobody rebuilds
 * the dataset call by call. Both parts are subadditive and non-decreasing, hence so is the larger of them.
 *
 * @param bulkFen  P of an artefact of n rows, in minor units
 * @source         pricing.md, Further rules: per-call price of n outputs >= bulk price of the same n
 */
export function callFee(tariff: Tariff, outputs: Decimal, bulkFen: number): number {
  if (!(bulkFen >= 0)) throw new RangeError("callFee: a negative bulk price")
  return outputs.units === 0n ? 0 : Math.max(charge(tariff, outputs).fen, bulkFen)
}
