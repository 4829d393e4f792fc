import type { Chunk } from "#core/warehouse/streamChunks.ts"
import type { GroupKeys } from "./groupKeys.ts"
import { keyIndex } from "./keyIndex.ts"
import type { Key } from "./keyedMix.ts"
import type { PassLayout } from "./passLayout.ts"
import { rowStore } from "./rowStore.ts"
import { subjectSlots } from "./subjectSlots.ts"
import type { Slots } from "./subjectSlots.ts"

/** Rows of a chunk, at the most. */
const CHUNK = 2048

/**
 * Bounds in how many groups each subject counts, in one pass over rows: of a subject's groups the `l0` with the smallest
 * priority, which is a uniform random subset when priorities are.
 *
 * Which groups these are, and the sums in them, depend neither on the order of rows nor on how they are cut into chunks:
 * a group that is among the smallest in the end was so from its first row on, and integer sums are exact. So where rows
 * have no room any more, those of a subject are made to one row a group, of the groups that it can still count in.
 * @param key     of the release: priorities are made of it and of the keys of subject and group
 * @param settle  is told of each subject once: its slots are `slots[0 .. filled)`
 * @returns       `see` takes chunks of subject, group, values and, where rows were merged, their number, keys as two words;
 *                `end` returns how many subjects there were
 * @source        bounds.proof.md
 */
export function boundSubjects(
  { values, bits, ordered, capacity, merged }: PassLayout & { readonly merged: boolean },
  groups: GroupKeys,
  l0: number,
  key: Key,
  settle: (slots: Slots, filled: number) => void
): { see(chunk: Chunk): void; end(): number } {
  const parts = 2 ** bits
  const index = keyIndex(key)
  const { slots, show, put } = subjectSlots(values, groups.mixed(key), l0, key)
  let store = rowStore(values, parts, ordered ? 1 : parts, capacity)
  /** rows that were left when rows were made fewer, the part at hand, subjects told of */
  let [left, part, subjects] = [0, 0, 0]
  const codes = new Int32Array(CHUNK)
  const places = new Int32Array(CHUNK)
  let rows = { subject: new Int32Array(0), place: new Int32Array(0), order: new Int32Array(0) }

  const partOf = (keys: Int32Array, row: number): number => (bits === 0 ? 0 : keys[2 * row + 1]! >>> (32 - bits))
  /** Sorts the rows of a part by subject, and tells of the subjects one by one. */
  const bound = (own: number, tell: (filled: number) => void): void => {
    let count = 0
    store.each(own, (from, to) => void (count += to - from))
    if (rows.order.length < count) {
      const room = () => new Int32Array(count + (count >> 2))
      rows = { subject: room(), place: room(), order: room() }
    }
    const { subject, place, order } = rows
    index.clear()
    let seen = 0
    store.each(own, (from, to) => {
      index.add(store.words, from * store.wordsARow, store.wordsARow, to - from, subject, seen)
      for (let row = from; row < to; row++) place[seen++] = row
    })
    const ends = new Int32Array(index.size + 1)
    for (let i = 0; i < count; i++) ends[subject[i]! + 1]!++
    for (let i = 1; i < ends.length; i++) ends[i] = ends[i]! + ends[i - 1]!
    // What begins as a subject's first place ends as its last.
    for (let i = 0; i < count; i++) order[ends[subject[i]!]!++] = place[i]!
    show({ store, order, ends, keys: index.words, subjects: index.size }, tell)
  }
  const finish = (own: number): void => {
    bound(own, (filled) => settle(slots, filled))
    subjects += index.size
    store.drop(own)
  }
  const mine = (): ReadonlyArray<number> => (ordered ? [part] : Array.from({ length: parts }, (_, own) => own))
  const makeRoom = (): void => {
    // Room for twice as many where it would soon be gone again.
    const other = rowStore(
      values,
      parts,
      ordered ? 1 : parts,
      left * 2 > store.capacity ? store.capacity * 2 : store.capacity
    )
    for (const own of mine()) bound(own, (filled) => put(other, own, filled))
    store = other
    left = store.count
  }
  /** Finds places for rows from `from` on; returns the first that has none, or is of another part. */
  const reserve = (keys: Int32Array, from: number, length: number): number => {
    const { place } = store
    for (let row = from; row < length; row++) {
      const own = partOf(keys, row)
      if (ordered && own !== part) return row
      const at = place(own)
      if (at < 0) return row
      places[row] = at
    }
    return length
  }
  const write = (columns: Chunk["columns"], from: number, to: number): void => {
    const { words, doubles, wordsARow } = store
    const keys = columns[0]!
    const counts = merged ? columns[2 + values] : undefined
    for (let row = from; row < to; row++) {
      const at = places[row]! * wordsARow
      words[at] = keys[2 * row]!
      words[at + 1] = keys[2 * row + 1]!
      words[at + 2] = codes[row]!
      words[at + 3] = counts === undefined ? 1 : counts[row]!
    }
    for (let v = 0; v < values; v++) {
      const column = columns[2 + v]!
      for (let row = from; row < to; row++) doubles[(places[row]! * wordsARow) / 2 + 2 + v] = column[row]!
    }
  }
  const see = ({ length, columns }: Chunk): void => {
    const [keys, named] = columns as unknown as readonly [Int32Array, Int32Array]
    groups.find(named, length, codes)
    for (let from = 0; from < length;) {
      const to = reserve(keys, from, length)
      write(columns, from, to)
      from = to
      if (to === length) return
      const own = partOf(keys, to)
      if (!ordered || own === part) makeRoom()
      else {
        // A part that comes again would give its subjects more than their share.
        if (own < part) throw new RangeError("rows that are not held at once come part by part")
        finish(part)
        part = own
      }
    }
  }
  const end = (): number => {
    for (const own of mine()) finish(own)
    return subjects
  }
  return { see, end }
}
