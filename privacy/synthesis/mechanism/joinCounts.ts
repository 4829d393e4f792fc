import { cellsOf } from "../model/cellsOf.ts"
import type { Clique } from "../model/Clique.ts"
import type { Joining } from "./Joining.ts"

/** Sums a table over the domain as it is to the joined domain. */
export function joinCounts(
  sizes: ReadonlyArray<number>,
  joining: Joining,
  clique: Clique,
  table: Float64Array
): Float64Array {
  if (clique.every((column) => joining.codes[column] === undefined)) return table
  const to = new Float64Array(cellsOf(joining.sizes, clique))
  const code = new Int32Array(clique.length)
  for (let cell = 0; cell < table.length; cell++) {
    let place = 0
    for (let i = 0; i < clique.length; i++) {
      const map = joining.codes[clique[i]!]
      place = place * joining.sizes[clique[i]!]! + (map === undefined ? code[i]! : map[code[i]!]!)
    }
    to[place]! += table[cell]!
    for (let i = clique.length - 1; i >= 0 && ++code[i]! === sizes[clique[i]!]!; i--) code[i] = 0
  }
  return to
}
