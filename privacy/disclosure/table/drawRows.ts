import type { BitSource } from "#core/random/BitSource.ts"
import { uniformInt } from "#core/random/uniformInt.ts"

/**
 * Different row numbers in random order.
 * @param bits  seeded, so that a report can be made again
 */
export function drawRows(rows: number, n: number, bits: BitSource): Uint32Array {
  const order = Uint32Array.from({ length: rows }, (_, i) => i)
  const wanted = Math.min(n, rows)
  for (let i = 0; i < wanted; i++) {
    const j = i + uniformInt(bits, rows - i)
    const moved = order[i]!
    order[i] = order[j]!
    order[j] = moved
  }
  return order.slice(0, wanted)
}
