import type { Measure } from "./Measure.ts"

/** The columns that a measure becomes in the released table, in their order. */
export function measureColumns(measure: Measure): ReadonlyArray<string> {
  if ("quantiles" in measure) return measure.quantiles.map((share) => `${measure.name}_${quantileLabel(share)}`)
  if ("histogram" in measure) return Array.from({ length: measure.bands + 1 }, (_, i) => `${measure.name}_b${i}`)
  return [measure.name]
}

/** 0.25 is `p25`, 0.999 is `p99_9`. */
const quantileLabel = (share: number): string => `p${String(Math.round(share * 1000) / 10).replace(".", "_")}`
