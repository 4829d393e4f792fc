import type { Decimal } from "./Decimal.ts"

/** The rate for the part of a quantity in [previous upTo, upTo); null is without end. */
export interface Tier {
  readonly upTo: Decimal | null
  /** Minor units per unit of quantity. */
  readonly rate: Decimal
}

/** A graduated tariff: tiers rise without gaps, rates do not, the last has no end. Make it with `readTariffFile`, which checks that. */
export interface Tariff {
  readonly currency: string
  readonly tiers: ReadonlyArray<Tier>
}
