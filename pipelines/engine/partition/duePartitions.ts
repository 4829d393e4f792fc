import { intersect, subtract, unite } from "./KeyRange.ts"
import type { KeyRange, KeyRanges } from "./KeyRange.ts"

/** Partitions that were made from all that had happened up to and with `upto`. */
export interface Interval extends KeyRange {
  readonly upto: number
}

/** Something an asset reads changed in these partitions. */
export interface Change extends KeyRange {
  readonly seq: number
}

export interface Due {
  /** Never made. */
  readonly missing: KeyRanges
  /** Made, and then something they are made from changed. */
  readonly touched: KeyRanges
}

/** What is to be made: changes and makings are told in the order they happened, a making answers every change before it. */
export function duePartitions(
  expected: KeyRanges,
  intervals: ReadonlyArray<Interval>,
  changes: ReadonlyArray<Change>
): Due {
  const made = unite(intervals)
  const told = [
    ...changes.map((range) => ({ at: range.seq, order: 0, range })),
    ...intervals.map((range) => ({ at: range.upto, order: 1, range }))
  ].sort((a, b) => a.at - b.at || a.order - b.order)
  let open: KeyRanges = []
  let pending: Array<KeyRange> = []
  for (const { order, range } of told) {
    if (order === 0) pending.push(range)
    else {
      open = subtract(pending.length === 0 ? open : unite([...open, ...pending]), [range])
      pending = []
    }
  }
  const touched = intersect(intersect(unite([...open, ...pending]), made), expected)
  return { missing: subtract(expected, made), touched }
}
