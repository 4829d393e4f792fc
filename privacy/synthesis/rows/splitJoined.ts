import { seededBits } from "#core/random/BitSource.ts"
import type { Joining } from "../mechanism/Joining.ts"
import type { Reading } from "../mechanism/Reading.ts"
import type { RowSource } from "./RowSource.ts"

const TWO32 = 4_294_967_296

/**
 * Turns joined values back: a row with the joined value gets one of those it stands for, in proportion to their noisy counts,
 * equally where none is above zero.
 * @param allowed  per column 1 for the values that may be; absent: all
 */
export function splitJoined(
  source: RowSource,
  joining: Joining,
  readings: ReadonlyArray<Reading>,
  allowed: (column: number) => Uint8Array | undefined = () => undefined
): RowSource {
  const splits = joining.codes.flatMap((codes, column) => {
    if (codes === undefined) return []
    const counts = readings.find(({ clique, joined }) => !joined && clique.length === 1 && clique[0] === column)!.counts
    const joint = joining.sizes[column]! - 1
    const own = new Uint16Array(joint)
    const members: Array<number> = []
    const may = allowed(column)
    codes.forEach((code, value) => {
      if (code !== joint) own[code] = value
      else if (may === undefined || may[value] === 1) members.push(value)
    })
    const weights = members.map((value) => Math.max(0, counts[value]!))
    const flat = weights.every((weight) => weight === 0)
    let sum = 0
    const cumulative = Float64Array.from(weights, (weight) => (sum += flat ? 1 : weight))
    return [{ column, joint, own, members: Uint16Array.from(members), cumulative, sum }]
  })
  if (splits.length === 0) return source
  return function* (rows, seed) {
    let number = 0
    for (const block of source(rows, seed)) {
      const bits = seededBits(`split ${seed} ${number++}`)
      for (const { column, joint, own, members, cumulative, sum } of splits) {
        const codes = block.columns[column]!
        for (let i = 0; i < block.length; i++) {
          if (codes[i] !== joint) {
            codes[i] = own[codes[i]!]!
            continue
          }
          const point = (bits.u32() / TWO32) * sum
          let [low, high] = [0, members.length - 1]
          while (low < high) {
            const middle = (low + high) >> 1
            if (cumulative[middle]! > point) high = middle
            else low = middle + 1
          }
          codes[i] = members[low]!
        }
      }
      yield block
    }
  }
}
