import { Schema } from "effect"
import { Evidence } from "../evidence/Evidence.ts"
import { ArtefactMeasure } from "../price/PriceInputs.ts"

const day = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/

/** Rows of one stratum that share an event time. */
export const AgedRows = Schema.Struct({
  rows: Evidence,
  /** 1 to 4; rare strata count more. */
  weight: Evidence,
  /** The ISO day (UTC) of the rows' event time; public, since it follows from the release's period. */
  asOf: Schema.String.check(Schema.isPattern(day))
})
export type AgedRows = typeof AgedRows.Type

/** What is known of a version for pricing; stored with it and never changed. */
export const VersionMeasure = Schema.Struct({ bits: Evidence, rho: Evidence, rows: Schema.NonEmptyArray(AgedRows) })
export type VersionMeasure = typeof VersionMeasure.Type

/** What a product file says about its price; amounts in minor units of the quote's currency, times in days. */
export const PricePolicy = Schema.Struct({
  base: Evidence,
  floor: Evidence,
  halfLife: Evidence,
  grace: Evidence,
  archival: Evidence,
  beta: Evidence,
  r0: Evidence
})
export type PricePolicy = typeof PricePolicy.Type

/** Everything that a quote is a function of, besides its names and its time. */
export const QuoteInputs = Schema.Struct({
  policy: PricePolicy,
  demand: Evidence,
  /** The first listed version at age 0, frozen. */
  reference: ArtefactMeasure,
  artefact: VersionMeasure
})
export type QuoteInputs = typeof QuoteInputs.Type
