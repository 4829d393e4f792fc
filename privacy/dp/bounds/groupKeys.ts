import { keyIndex } from "./keyIndex.ts"
import { mixInto } from "./keyedMix.ts"
import type { Key } from "./keyedMix.ts"

/** The groups of a pass: a key of two words for each code. */
export interface GroupKeys {
  readonly length: number
  /** Writes down the codes of some keys, which are those of groups. */
  find(keys: Int32Array, count: number, out: Int32Array): void
  /** The keys, two words each, mixed by a release's key. */
  mixed(key: Key): Int32Array
}

/** Reads groups by key; keys that are the same for two groups are told. */
export function groupKeys(key: Key): GroupKeys & {
  /** Takes the next groups, from code `length` on; false where a key is not new. */
  take(keys: Int32Array, count: number): boolean
} {
  const index = keyIndex(key)
  const find: GroupKeys["find"] = (keys, count, out) => {
    const { size } = index
    index.add(keys, 0, 2, count, out, 0)
    if (index.size > size) throw new RangeError("a row has a group that none of the statements before it has seen")
  }
  return {
    get length() {
      return index.size
    },
    find,
    take(keys, count) {
      const before = index.size
      index.add(keys, 0, 2, count, new Int32Array(count), 0)
      return index.size === before + count
    },
    mixed(by) {
      const { words, size } = index
      const out = new Int32Array(2 * size)
      for (let g = 0; g < size; g++) mixInto(by, words[2 * g]!, words[2 * g + 1]!, out, 2 * g)
      return out
    }
  }
}
