import { sha256Hex } from "#core/json/sha256Hex.ts"

/** Eight words of which everything is mixed that a release chooses by. */
export type Key = Int32Array

/** The key of a release's salt. */
export function keyOf(salt: string): Key {
  const digest = sha256Hex(`bounds ${salt}`)
  return Int32Array.from({ length: 8 }, (_, i) => Number.parseInt(digest.slice(8 * i, 8 * i + 8), 16) | 0)
}

/** Scatters a word: invertible, every bit of the result hangs on all bits of the word. */
function scattered(word: number): number {
  let x = word ^ (word >>> 16)
  x = Math.imul(x, 0x7feb352d)
  x ^= x >>> 15
  x = Math.imul(x, 0x846ca68b | 0)
  return x ^ (x >>> 16)
}

/** Writes the image of 64 bits under a keyed permutation, four Feistel rounds, over two words. */
export function mixInto(key: Key, low: number, high: number, out: Int32Array, at: number): void {
  let [left, right] = [low, high]
  left ^= scattered(right ^ key[2]!)
  right ^= scattered(left ^ key[3]!)
  left ^= scattered(right ^ key[4]!)
  right ^= scattered(left ^ key[5]!)
  out[at] = left
  out[at + 1] = right
}

/** The first 53 bits of the image of 64 bits under another keyed permutation, three rounds, as a whole number. */
export function priorityOf(key: Key, low: number, high: number): number {
  let [left, right] = [low, high]
  left ^= scattered(right ^ key[6]!)
  right ^= scattered(left ^ key[7]!)
  left ^= scattered(right)
  return (left >>> 0) * 2 ** 21 + (right >>> 11)
}
