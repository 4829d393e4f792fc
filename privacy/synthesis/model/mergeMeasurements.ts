import type { Measurement } from "./Measurement.ts"

/**
 * Joins the readings of the same clique into one each, weighted by precision: the loss changes by a constant only.
 * Cliques keep the order of their first reading.
 */
export function mergeMeasurements(all: ReadonlyArray<Measurement>): ReadonlyArray<Measurement> {
  const groups = Map.groupBy(all, ({ clique }) => clique.join())
  return [...groups.values()].map((group) => {
    const [first] = group
    if (group.length === 1) return first!
    const n = first!.values.length
    const values = new Float64Array(n)
    const precision = new Float64Array(n)
    for (const own of group) {
      for (let j = 0; j < n; j++) {
        values[j]! += own.values[j]! * own.precision[j]!
        precision[j]! += own.precision[j]!
      }
    }
    for (let j = 0; j < n; j++) values[j] = precision[j] === 0 ? 0 : values[j]! / precision[j]!
    return { clique: first!.clique, values, precision }
  })
}
