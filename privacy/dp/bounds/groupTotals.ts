import type { PlannedMeasure } from "../aggregate/AggregatePlan.ts"
import type { Slots } from "./subjectSlots.ts"
import { clampedSum } from "./clampedSum.ts"
import type { Contribution } from "./contributionSql.ts"
import type { Pass } from "./openPass.ts"

/** Totals are held within this on either side of zero: a public limit that no plan comes near, so nothing overflows. */
const TOTAL_LIMIT = 2 ** 52

/** Sums that saturate on either side of zero apart, so that the order of additions cannot matter. */
interface Sums {
  readonly positive: Float64Array
  readonly negative: Float64Array
}

/** Exact totals per group code: private, in memory only. */
export interface GroupTotals {
  settle(slots: Slots, filled: number): void
  /** per tuple of selected keys: its subjects */
  readonly subjects: Int32Array
  total(measure: number, group: number): number
  /** subjects with a value, of a mean or variance */
  count(measure: number, group: number): number
  /** their centred squares, of a variance */
  square(measure: number, group: number): number
}

/**
 * Adds up what subjects count for: clamps each one's sum in a group to the measure's bounds, then totals per group.
 * @source bounds.proof.md; moments.proof.md for squares
 */
export function groupTotals(
  measures: ReadonlyArray<PlannedMeasure>,
  { valueOf, values }: Contribution,
  { groups, tupleOf, tuples }: Pick<Pass, "groups" | "tupleOf" | "tuples">
): GroupTotals {
  const sums = (needed: boolean): Sums => ({
    positive: new Float64Array(needed ? groups : 0),
    negative: new Float64Array(needed ? groups : 0)
  })
  const binned = measures.map(({ statistic }) => statistic !== undefined && "candidates" in statistic)
  const moment = measures.map(({ statistic }) => statistic?.kind === "mean" || statistic?.kind === "variance")
  const totals = measures.map((_, i) => sums(!binned[i]!))
  const squares = measures.map(({ statistic }) => sums(statistic?.kind === "variance"))
  const counts = measures.map((_, i) => new Float64Array(moment[i]! ? groups : 0))
  const subjects = new Int32Array(tuples)
  const lastSeen = new Int32Array(tuples)
  let subject = 0

  const addTo = ({ positive, negative }: Sums, group: number, value: number): void => {
    if (value >= 0) positive[group] = Math.min(positive[group]! + value, TOTAL_LIMIT)
    else negative[group] = Math.max(negative[group]! + value, -TOTAL_LIMIT)
  }
  const settleMeasure = (i: number, slots: Slots, filled: number): void => {
    const bounds = measures[i]!
    const { kind, upper, linf, statistic } = bounds
    const at = valueOf[i] ?? 0
    for (let slot = 0; slot < filled; slot++) {
      const group = slots.group[slot]!
      if (kind === "subjects") addTo(totals[i]!, group, 1)
      else if (kind === "rows") addTo(totals[i]!, group, Math.min(slots.rows[slot]!, upper))
      else {
        const clamped = clampedSum(slots, slot * values + at, bounds)
        if (clamped === undefined) continue
        if (!moment[i]!) {
          addTo(totals[i]!, group, clamped)
          continue
        }
        const { center, kind: moments } = statistic as { center: number; kind: "mean" | "variance" }
        const centred = clamped - center
        addTo(totals[i]!, group, centred)
        counts[i]![group] = counts[i]![group]! + 1
        if (moments === "variance") addTo(squares[i]!, group, centred ** 2 - linf ** 2)
      }
    }
  }
  const settle = (slots: Slots, filled: number): void => {
    subject++
    if (tupleOf !== undefined) {
      for (let slot = 0; slot < filled; slot++) {
        const tuple = tupleOf[slots.group[slot]!]!
        if (lastSeen[tuple] === subject) continue
        lastSeen[tuple] = subject
        subjects[tuple] = subjects[tuple]! + 1
      }
    }
    for (let i = 0; i < measures.length; i++) if (!binned[i]!) settleMeasure(i, slots, filled)
  }
  return {
    settle,
    subjects,
    total: (i, group) => (binned[i]! ? 0 : totals[i]!.positive[group]! + totals[i]!.negative[group]!),
    count: (i, group) => counts[i]![group]!,
    square: (i, group) => squares[i]!.positive[group]! + squares[i]!.negative[group]!
  }
}
