import type { CodedTable } from "../table/CodedTable.ts"

/** A number of 53 bits for each row; different rows share one about once in 10^16 pairs. */
export function fingerprints({ rows, columns }: CodedTable): Float64Array {
  const [low, high] = [new Uint32Array(rows).fill(0x811c9dc5), new Uint32Array(rows).fill(0x9e3779b9)]
  for (const { place } of columns) {
    const bits = new Uint32Array(place.buffer, place.byteOffset, rows)
    for (let i = 0; i < rows; i++) {
      let x = Math.imul(bits[i]! ^ (bits[i]! >>> 15), 0x85ebca6b)
      x ^= x >>> 13
      low[i] = Math.imul(low[i]! ^ x, 0x01000193) + 0x7f4a7c15
      let y = Math.imul(bits[i]! + 0x165667b1, 0xc2b2ae35)
      y ^= y >>> 16
      high[i] = Math.imul((high[i]! << 5) ^ (high[i]! >>> 27) ^ y, 0x27d4eb2f)
    }
  }
  return Float64Array.from(low, (word, i) => (high[i]! >>> 11) * 4_294_967_296 + word)
}
