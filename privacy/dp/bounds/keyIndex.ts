import type { Key } from "./keyedMix.ts"

/** Keys of 64 bits, two words each, the low one first, numbered from 0 on in the order of their first sight. */
export interface KeyIndex {
  readonly size: number
  /** two words a key, in the order of their numbers */
  readonly words: Int32Array
  /**
   * Writes down the number of each of some keys, new ones included.
   * @param keys    key i is `keys[from + i stride]` and the word after it
   * @param out     the number of key i goes to `out[at + i]`
   */
  add(keys: Int32Array, from: number, stride: number, count: number, out: Int32Array, at: number): void
  clear(): void
}

const LEAST_BITS = 10

/**
 * An open index of 64-bit keys; memory grows with the keys.
 * @param secret  scatters the keys: nobody who picks names can make them crowd together
 */
export function keyIndex(secret: Key): KeyIndex {
  const [a, b] = [secret[0]! | 1, secret[1]! | 1]
  let bits = LEAST_BITS
  /** a key's number and one more; 0 is free */
  let numbers = new Int32Array(2 ** bits)
  let words = new Int32Array(2 ** bits)
  let size = 0

  const grow = (): void => {
    bits++
    const known = words
    words = new Int32Array(2 ** bits)
    words.set(known)
    numbers = new Int32Array(2 ** bits)
    for (let number = 1; number <= size; number++) {
      let slot = (Math.imul(words[2 * number - 2]!, a) + Math.imul(words[2 * number - 1]!, b)) >>> (32 - bits)
      while (numbers[slot] !== 0) slot = (slot + 1) & (numbers.length - 1)
      numbers[slot] = number
    }
  }
  const add: KeyIndex["add"] = (keys, from, stride, count, out, at) => {
    // Held in locals: the loop runs for every row of a table.
    let [table, known, shift] = [numbers, words, 32 - bits]
    for (let i = 0; i < count; i++) {
      const low = keys[from + i * stride]!
      const high = keys[from + i * stride + 1]!
      let slot = (Math.imul(low, a) + Math.imul(high, b)) >>> shift
      let number = table[slot]!
      while (number !== 0 && (known[2 * number - 2] !== low || known[2 * number - 1] !== high)) {
        slot = (slot + 1) & (table.length - 1)
        number = table[slot]!
      }
      if (number === 0) {
        number = ++size
        table[slot] = number
        known[2 * number - 2] = low
        known[2 * number - 1] = high
        if (2 * size >= table.length) {
          grow()
          ;[table, known, shift] = [numbers, words, 32 - bits]
        }
      }
      out[at + i] = number - 1
    }
  }
  return {
    get size() {
      return size
    },
    get words() {
      return words
    },
    add,
    clear() {
      numbers.fill(0)
      size = 0
    }
  }
}
