/**
 * Rows of a table in parts, in blocks of one piece of memory. A row is four words, then its values as doubles: subject (two words), group,
 * and how many rows of the table it stands for.
 */
export interface RowStore {
  readonly capacity: number
  readonly count: number
  /** row i begins at `words[i * wordsARow]` */
  readonly words: Int32Array
  readonly wordsARow: number
  /** its values begin at `doubles[i * wordsARow / 2 + 2]` */
  readonly doubles: Float64Array
  /** A place for one more row of a part, or -1: no room. */
  place(part: number): number
  /** Shows where the rows of a part are, in no particular order. */
  each(part: number, see: (from: number, to: number) => void): void
  /** Forgets the rows of a part. */
  drop(part: number): void
}

/** Bytes of a row. */
export const bytesOfRow = (values: number): number => 16 + 8 * values

const LARGEST_BLOCK = 12
/** Blocks that a part fills before a larger one would not waste much. */
const BLOCKS_A_PART = 8

/**
 * A store of at least `capacity` rows. Memory that no row was written to is not taken from the machine.
 * @param parts  how many there are
 * @param open   how many of them have rows at one time, at the most
 */
export function rowStore(values: number, parts: number, open: number, capacity: number): RowStore {
  const bits = Math.max(4, Math.min(LARGEST_BLOCK, Math.floor(Math.log2(1 + capacity / open / BLOCKS_A_PART))))
  const block = 2 ** bits
  // Each part that is open may have one block that is hardly begun.
  const blocks = Math.ceil(capacity / block) + open
  const memory = new ArrayBuffer(blocks * block * bytesOfRow(values))
  /** per block the one before it in its part, -1 for none */
  const before = new Int32Array(blocks)
  const free = Int32Array.from({ length: blocks }, (_, i) => blocks - 1 - i)
  let left = blocks
  const last = new Int32Array(parts).fill(-1)
  /** where the next row of a part goes; at the begin of a block: into a new one */
  const next = new Int32Array(parts)
  let count = 0

  const place = (part: number): number => {
    let at = next[part]!
    if ((at & (block - 1)) === 0) {
      if (left === 0) return -1
      const own = free[--left]!
      before[own] = last[part]!
      last[part] = own
      at = own * block
    }
    next[part] = at + 1
    count++
    return at
  }
  const each: RowStore["each"] = (part, see) => {
    for (let own = last[part]!; own >= 0; own = before[own]!)
      see(own * block, own === last[part] ? next[part]! : (own + 1) * block)
  }
  const drop = (part: number): void => {
    each(part, (from, to) => {
      free[left++] = from >>> bits
      count -= to - from
    })
    last[part] = -1
    next[part] = 0
  }
  return {
    capacity: blocks * block,
    get count() {
      return count
    },
    words: new Int32Array(memory),
    wordsARow: bytesOfRow(values) / 4,
    doubles: new Float64Array(memory),
    place,
    each,
    drop
  }
}
