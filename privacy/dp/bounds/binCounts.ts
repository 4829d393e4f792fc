import type { PlannedMeasure } from "../aggregate/AggregatePlan.ts"
import { clampedSum } from "./clampedSum.ts"
import type { Slots } from "./subjectSlots.ts"

/** A measure whose subjects are counted per candidate, and where its values are. */
export interface Binned {
  readonly measure: PlannedMeasure
  readonly value: number
  readonly width: number
  readonly candidates: number
}

/**
 * Counts, for each group of a block, how many subjects have their clamped sum at each candidate.
 * Bin 0 holds the lower bound alone, bin b the values above candidate b - 1 up to candidate b.
 * @param rowOf  per group: its place among those that are counted, -1 for none; absent: group g is at place g
 * @param from   the first place of the block
 * @param size   places in it: counts are kept for all their candidates at once
 */
export function binCounts(
  binned: ReadonlyArray<Binned>,
  values: number,
  rowOf: Int32Array | undefined,
  from: number,
  size: number
): { settle(slots: Slots, filled: number): void; readonly counts: ReadonlyArray<Int32Array> } {
  const counts = binned.map(({ candidates }) => new Int32Array(size * candidates))
  const settle = (slots: Slots, filled: number): void => {
    for (const [i, { measure, value, width, candidates }] of binned.entries()) {
      const own = counts[i]!
      for (let slot = 0; slot < filled; slot++) {
        const group = (rowOf === undefined ? slots.group[slot]! : rowOf[slots.group[slot]!]!) - from
        if (group < 0 || group >= size) continue
        const clamped = clampedSum(slots, slot * values + value, measure)
        if (clamped === undefined) continue
        const place = group * candidates + Math.floor((clamped - measure.lower + width - 1) / width)
        own[place] = own[place]! + 1
      }
    }
  }
  return { settle, counts }
}
