import type { Chunk } from "#core/warehouse/streamChunks.ts"

/** What a sum carries over into its high part: the two of them are an exact integer. */
const CARRY = 2 ** 52

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

/** What a row of a stream holds: subject, group, priority, values and, where rows were merged, their number; see `passSql`. */
interface Columns {
  readonly values: number
  readonly merged: boolean
}

/**
 * Bounds in how many groups each subject counts, in one pass over rows ordered by subject: of a subject's groups the `l0`
 * with the smallest priority, which is a uniform random subset when priorities are.
 *
 * Which groups these are, and the sums in them, depend neither on the order of a subject's rows nor on how they are cut into
 * chunks: a group that is among the smallest in the end was so from its first row on, and integer sums
 * are exact.
 * @param groups  how many there are
 * @param settle  is told of each subject: its slots are `slots[0 .. filled)`
 * @source        bounds.proof.md
 */
export function boundSubjects(
  { values, merged }: Columns,
  groups: number,
  l0: number,
  settle: (slots: Slots, filled: number) => void
): { see(chunk: Chunk): void; end(): void } {
  const size = Math.max(1, Math.min(l0, groups))
  const group = new Int32Array(size)
  const priority = new Float64Array(size)
  const rows = new Float64Array(size)
  const sum = new Float64Array(size * values)
  const high = new Float64Array(size * values)
  const slots = { group, rows, sum, high }
  /** the slot of a group, valid only if that slot says so too: needs no clearing between subjects */
  const slotOf = new Int32Array(groups)
  let [subject, filled, worst] = [-1, 0, Infinity]

  const take = (of: number, its: number): number => {
    let slot = filled
    if (filled < size) filled++
    else for (slot = 0; priority[slot] !== worst;) slot++
    group[slot] = of
    slotOf[of] = slot
    priority[slot] = its
    rows[slot] = 0
    for (let at = slot * values; at < (slot + 1) * values; at++) {
      sum[at] = Number.NaN
      high[at] = 0
    }
    if (filled === size) {
      worst = priority[0]!
      for (let i = 1; i < size; i++) if (priority[i]! > worst) worst = priority[i]!
    }
    return slot
  }
  const add = (at: number, value: number): void => {
    const before = sum[at]!
    // NaN: the first value.
    let after = before === before ? before + value : value
    if (after >= CARRY || after <= -CARRY) {
      const carried = Math.trunc(after / CARRY)
      high[at] = high[at]! + carried
      after -= carried * CARRY
    }
    sum[at] = after
  }
  const end = (): void => {
    if (filled > 0) settle(slots, filled)
    filled = 0
    worst = Infinity
  }
  const see = ({ length, columns }: Chunk): void => {
    const [subjects, of, priorities] = columns as unknown as [Int32Array, Int32Array, Float64Array]
    const counts = merged ? columns[3 + values]! : undefined
    for (let row = 0; row < length; row++) {
      if (subjects[row] !== subject) {
        end()
        // Rows out of order would give a subject more than its share.
        if (subjects[row]! < subject) throw new RangeError("a stream of contributions is ordered by subject")
        subject = subjects[row]!
      }
      const its = priorities[row]!
      if (its > worst) continue
      let slot = slotOf[of[row]!]!
      if (slot >= filled || group[slot] !== of[row]) {
        // A tie with the last of a full house leaves those who are in.
        if (filled === size && its === worst) continue
        slot = take(of[row]!, its)
      }
      rows[slot] = rows[slot]! + (counts === undefined ? 1 : counts[row]!)
      for (let v = 0; v < values; v++) {
        const value = columns[3 + v]![row]!
        // NaN stands for no value.
        if (value === value) add(slot * values + v, value)
      }
    }
  }
  return { see, end }
}
