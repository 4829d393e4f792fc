import type { Measurement } from "../model/Measurement.ts"
import { joinCounts } from "./joinCounts.ts"
import type { Joining } from "./Joining.ts"
import type { Reading } from "./Reading.ts"

/** A reading as the estimator takes it, over the joined domain; a joined value is as noisy as all that it joins. */
export function measurementOf(sizes: ReadonlyArray<number>, joining: Joining, reading: Reading): Measurement {
  const { clique, counts, variance } = reading
  const precision = Number(variance.den) / Number(variance.num)
  if (reading.joined || clique.every((column) => joining.codes[column] === undefined)) {
    return { clique, values: counts, precision: new Float64Array(counts.length).fill(precision) }
  }
  const values = joinCounts(sizes, joining, clique, counts)
  const members = joinCounts(sizes, joining, clique, new Float64Array(counts.length).fill(1))
  return { clique, values, precision: members.map((n) => precision / n) }
}
