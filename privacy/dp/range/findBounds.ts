import { Effect } from "effect"
import type { Warehouse } from "#core/warehouse/Warehouse.ts"
import type { WarehouseError } from "#core/warehouse/WarehouseError.ts"
import type { AggregatePlan } from "../aggregate/AggregatePlan.ts"
import { Noise } from "../Noise.ts"
import { rangeHistogram } from "./rangeHistogram.ts"
import { rangeOf } from "./rangeOf.ts"

/** The range that a mechanism has found for a measure, in steps; itself a paid and released pair of numbers. */
export interface FoundBounds {
  /** of the first of the columns that share it */
  readonly name: string
  readonly least: number
  readonly most: number
}

/**
 * Finds the bounds that a plan pays for, each by a noisy histogram of powers of two; charged with the release, which must
 * have been reserved. Every call draws anew.
 * @source range.proof.md
 */
export const findBounds = Effect.fn("findBounds")(function* (
  { shape, noise }: AggregatePlan,
  relation: ReadonlyArray<string>
): Effect.fn.Return<ReadonlyArray<FoundBounds>, WarehouseError, Warehouse | Noise> {
  const { gaussian, salt } = yield* Noise
  const found: Array<FoundBounds> = []
  for (const [i, { name }] of shape.measures.entries()) {
    const { range } = noise.measures[i]!
    if (range === undefined) continue
    const counts = yield* rangeHistogram(shape, i, relation, yield* salt)
    const draws = yield* gaussian(range.variance, counts.length)
    const [least, most] = rangeOf(
      counts.map((count, bin) => count + draws[bin]!),
      range.threshold
    )
    found.push({ name, least, most })
  }
  return found
})
