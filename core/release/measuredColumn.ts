import type { Measure } from "./Measure.ts"

/** The column that a measure is taken of; a count has none. */
export function measuredColumn(measure: Exclude<Measure, { readonly count: unknown }>): string {
  if ("sum" in measure) return measure.sum
  if ("mean" in measure) return measure.mean
  if ("variance" in measure) return measure.variance
  return "histogram" in measure ? measure.histogram : measure.of
}
