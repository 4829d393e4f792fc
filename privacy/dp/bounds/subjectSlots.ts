import { mixInto, priorityOf } from "./keyedMix.ts"
import type { Key } from "./keyedMix.ts"
import type { RowStore } from "./rowStore.ts"

/** What a sum carries over into its high part: the two of them are an exact integer. */
const CARRY = 2 ** 52
/** Rows of the table that a row of a store can stand for. */
const MOST_ROWS = 2 ** 31 - 1

/**
 * The groups in which one subject counts: slot i is group `group[i]`, with `rows[i]` rows, and the sum of value column v is
 * `high 2^52 + sum` at i * values + v; `sum` is NaN where the subject has no value at all.
 */
export interface Slots {
  readonly group: Int32Array
  readonly rows: Float64Array
  readonly sum: Float64Array
  readonly high: Float64Array
}

/** Rows of one part, subject by subject: those of subject i are `order[ends[i - 1] .. ends[i])`. */
export interface SubjectRows {
  readonly store: RowStore
  readonly order: Int32Array
  readonly ends: Int32Array
  /** two words a subject */
  readonly keys: Int32Array
  readonly subjects: number
}

/** Bounds subjects one by one; its slots are those of the subject at hand. */
export interface SubjectSlots {
  readonly slots: Slots
  /** Fills the slots with each of some subjects; `settle` is told how many there are. */
  show(rows: SubjectRows, settle: (filled: number) => void): void
  /** Puts the slots into a store, as rows that come to the same. */
  put(store: RowStore, part: number, filled: number): void
}

/**
 * @param groups  two words a group, mixed by the release's key
 * @source        bounds.proof.md
 */
export function subjectSlots(values: number, groups: Int32Array, l0: number, key: Key): SubjectSlots {
  const size = Math.max(1, Math.min(l0, groups.length / 2))
  const group = new Int32Array(size)
  const priority = new Float64Array(size)
  const rows = new Float64Array(size)
  const sum = new Float64Array(size * values)
  const high = new Float64Array(size * values)
  /** the slot of a group, valid only if that slot says so too: needs no clearing between subjects */
  const slotOf = new Int32Array(groups.length / 2)
  const mixed = new Int32Array(2)
  /** the priority of the last slot: in an array, since a variable would be a new object for each number */
  const worst = new Float64Array(1)
  let [filled, last, low, top] = [0, 0, 0, 0]

  /** Two groups of one priority, 1 in 2^53: an order that nobody else's rows can change. */
  const after = (a: number, b: number): boolean =>
    groups[2 * a]! - groups[2 * b]! > 0 || (groups[2 * a] === groups[2 * b] && groups[2 * a + 1]! > groups[2 * b + 1]!)
  const take = (of: number, its: number): number => {
    const slot = filled < size ? filled++ : last
    group[slot] = of
    slotOf[of] = slot
    priority[slot] = its
    rows[slot] = 0
    for (let at = slot * values; at < (slot + 1) * values; at++) {
      sum[at] = Number.NaN
      high[at] = 0
    }
    if (filled < size) return slot
    last = 0
    for (let i = 1; i < size; i++) {
      const other = priority[i]! - priority[last]!
      if (other > 0 || (other === 0 && after(group[i]!, group[last]!))) last = i
    }
    worst[0] = priority[last]!
    return slot
  }
  const add = (at: number, value: number): void => {
    let own = value
    // Only a merged row holds more than this.
    if (own >= CARRY || own <= -CARRY) {
      const carried = Math.trunc(own / CARRY)
      high[at] = high[at]! + carried
      own -= carried * CARRY
    }
    const before = sum[at]!
    // NaN: the first value.
    let next = before === before ? before + own : own
    if (next >= CARRY || next <= -CARRY) {
      const carried = Math.trunc(next / CARRY)
      high[at] = high[at]! + carried
      next -= carried * CARRY
    }
    sum[at] = next
  }
  const show: SubjectSlots["show"] = ({ store, order, ends, keys, subjects }, settle) => {
    const { words, doubles, wordsARow } = store
    let at = 0
    for (let subject = 0; subject < subjects; subject++) {
      low = keys[2 * subject]!
      top = keys[2 * subject + 1]!
      mixInto(key, low, top, mixed, 0)
      const [left, right] = [mixed[0]!, mixed[1]!]
      filled = 0
      worst[0] = Infinity
      for (const end = ends[subject]!; at < end; at++) {
        const row = order[at]! * wordsARow
        const of = words[row + 2]!
        let slot = slotOf[of]!
        if (slot >= filled || group[slot] !== of) {
          const its = priorityOf(key, left ^ groups[2 * of]!, right ^ groups[2 * of + 1]!)
          if (its > worst[0]! || (its === worst[0] && after(of, group[last]!))) continue
          slot = take(of, its)
        }
        rows[slot] = rows[slot]! + words[row + 3]!
        for (let v = 0; v < values; v++) {
          const value = doubles[(row >> 1) + 2 + v]!
          // NaN stands for no value.
          if (value === value) add(slot * values + v, value)
        }
      }
      settle(filled)
    }
  }
  const put: SubjectSlots["put"] = (store, part, count) => {
    const { words, doubles, wordsARow } = store
    for (let slot = 0; slot < count; slot++) {
      let left = rows[slot]!
      let split = false
      for (let row = 0; row === 0 || (row === 1 && split) || left > 0; row++) {
        const at = store.place(part) * wordsARow
        const some = Math.min(left, MOST_ROWS)
        left -= some
        words.set([low, top, group[slot]!, some], at)
        for (let v = 0; v < values; v++) {
          const own = slot * values + v
          const [whole, rest] = [high[own]! * CARRY, sum[own]!]
          const two = whole !== 0 && rest !== 0
          split ||= two
          doubles[at / 2 + 2 + v] = row === 0 ? (two ? rest : whole + rest) : row === 1 && two ? whole : Number.NaN
        }
      }
    }
  }
  return { slots: { group, rows, sum, high }, show, put }
}
