import { Effect } from "effect"
import { Noise } from "../Noise.ts"
import type { AggregateShape, KeyNoise } from "./AggregatePlan.ts"
import type { BoundedGroups } from "./boundedGroups.ts"

/** A combination of selected key values that may be published, and its place among those kept. */
export interface KeptKeys {
  /** one per kept tuple, in the order of `keys` without the public ones; texts as the warehouse gave them */
  readonly tuples: ReadonlyArray<ReadonlyArray<string>>
  readonly placeOf: (tuple: ReadonlyArray<string>) => number | undefined
}

const label = (tuple: ReadonlyArray<string>): string => JSON.stringify(tuple)

/**
 * Keeps the key tuples whose noisy number of subjects reaches the threshold; all `dp` columns are one tuple.
 *
 * A tuple below `minSubjects` never came this far; for the others (subjects - (minSubjects - 1)) plus noise is compared
 * with tau, so that the first subject that could reveal a tuple adds 1 to the compared number.
 * @source keys.proof.md
 */
export const selectKeys = Effect.fnUntraced(function* (
  shape: AggregateShape,
  groups: BoundedGroups,
  noise: KeyNoise
): Effect.fn.Return<KeptKeys, never, Noise> {
  const { gaussian } = yield* Noise
  const selected = shape.keys.map((key, i) => ({ key, i })).filter(({ key }) => key.domain === undefined)
  const candidates = new Map<string, { tuple: ReadonlyArray<string>; subjects: number }>()
  for (let row = 0; row < groups.length; row++) {
    const tuple = selected.map(({ i }) => String(groups.keys[i]![row]))
    candidates.set(label(tuple), { tuple, subjects: groups.subjects[row]! })
  }
  // Draws go to candidates in the order of their keys: what the engine's hash order was leaves no trace.
  const ordered = [...candidates].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, candidate]) => candidate)
  const draws = yield* gaussian(noise.variance, ordered.length)
  const tuples = ordered
    .filter(({ subjects }, i) => subjects - (shape.minSubjects - 1) + draws[i]! >= noise.tau)
    .map(({ tuple }) => tuple)
  const places = new Map(tuples.map((tuple, place) => [label(tuple), place]))
  return { tuples, placeOf: (tuple) => places.get(label(tuple)) }
})
