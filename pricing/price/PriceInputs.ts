import { Schema } from "effect"
import { Evidence } from "../evidence/Evidence.ts"

/** What is priced or priced against: H(S) in bits, mu(N) in fresh rows, rho of zCDP. */
export const ArtefactMeasure = Schema.Struct({ bits: Evidence, mu: Evidence, rho: Evidence })
export type ArtefactMeasure = typeof ArtefactMeasure.Type

/** Everything the price function reads. Amounts are in minor units of one currency, as evidence. */
export interface PriceInputs {
  /** Price of the reference artefact at m = 1. */
  readonly base: Evidence
  /** The least price: marginal delivery cost and what is owed to subjects. */
  readonly floor: Evidence
  /** Demand factor M, 0.7 to 1.3, the same for every buyer. */
  readonly demand: Evidence
  /** Exponent of V, 0 < beta <= 1. */
  readonly beta: Evidence
  /** Scale of g in rho, r0 > 0. */
  readonly r0: Evidence
  /** The first listed version at age 0, frozen. */
  readonly reference: ArtefactMeasure
  readonly artefact: ArtefactMeasure
}
