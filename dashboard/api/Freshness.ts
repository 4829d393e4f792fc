import { Schema } from "effect"

/** How the worth of a version fades with age; days, shares in 0..1. The curve is T(a) of pricing.md. */
export const Freshness = Schema.Struct({
  /** 0 to 100, at the time of asking. */
  score: Schema.Finite,
  /** ISO day of the youngest rows: the end of the release period, so public. */
  asOf: Schema.String,
  ageDays: Schema.Finite,
  halfLifeDays: Schema.Finite,
  graceDays: Schema.Finite,
  archival: Schema.Finite,
  /** Share of scheduled versions that came in time; 1 before the first was due. */
  attainment: Schema.Finite,
  /** ISO day, null when the product is not refreshed. */
  nextUpdate: Schema.NullOr(Schema.String)
}).annotate({ identifier: "Freshness" })
export type Freshness = typeof Freshness.Type
