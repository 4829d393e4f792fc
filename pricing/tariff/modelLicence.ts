import { charge } from "./charge.ts"
import type { Charge } from "./charge.ts"
import type { Decimal } from "./Decimal.ts"
import type { Tariff } from "./Tariff.ts"

/** What one legal entity pays for a model. */
export interface LicenceFee extends Charge {
  readonly entity: string
  /** The fixed part, in minor units. `fen` is both parts together. */
  readonly fixedFen: number
}

/**
 * Charges the use of a model: a fixed fee and the graduated tariff on each verified legal entity's own meter. Meters are never pooled:
 * pooling under one account would be cheaper, which is why a licence, not the price, forbids resale.
 *
 * @param fixedFen  fee of the period, in minor units
 * @param usage     one figure per legal entity
 * @throws          RangeError if an entity is named twice or the fee is not a whole amount: a bug in the caller
 * @source          pricing.md, Further rules
 */
export function modelLicence(
  fixedFen: number,
  tariff: Tariff,
  usage: ReadonlyArray<{ readonly entity: string; readonly quantity: Decimal }>
): ReadonlyArray<LicenceFee> {
  if (!Number.isSafeInteger(fixedFen) || fixedFen < 0) throw new RangeError(`modelLicence: fixed fee ${fixedFen}`)
  if (new Set(usage.map(({ entity }) => entity)).size < usage.length)
    throw new RangeError("modelLicence: an entity is named twice")
  return usage.map(({ entity, quantity }) => {
    const { fen, lines } = charge(tariff, quantity)
    return { entity, fixedFen, fen: fixedFen + fen, lines }
  })
}
