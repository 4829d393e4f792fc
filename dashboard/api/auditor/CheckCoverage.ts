import { Schema } from "effect"

/** How far the assets of one group are covered by checks. */
export const CheckCoverage = Schema.Struct({
  group: Schema.String,
  assets: Schema.Int,
  /** Assets with at least one check. */
  covered: Schema.Int,
  checks: Schema.Int,
  blocking: Schema.Int,
  failing: Schema.Int
}).annotate({ identifier: "CheckCoverage" })
export type CheckCoverage = typeof CheckCoverage.Type
