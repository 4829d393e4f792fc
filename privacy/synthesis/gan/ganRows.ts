import { seededBits } from "#core/random/BitSource.ts"
import type { Potential } from "../model/Potential.ts"
import type { RowSource } from "../rows/RowSource.ts"
import { generatorOf } from "./Generator.ts"
import type { GeneratorWeights } from "./Generator.ts"

const BLOCK = 1024

/** Codes that a column may have, where not all may be. */
export interface Allowed {
  readonly column: number
  readonly codes: Uint8Array
}

/**
 * Rows of a trained generator; those that break a rule or a fixed column are made anew. The same seed gives the same rows on the
 * same machine: exponentials may differ in the last bit between machines.
 * @param potentials  tables of forbidden cells
 */
export const ganRows = (
  weights: GeneratorWeights,
  potentials: ReadonlyArray<Potential>,
  allowed: ReadonlyArray<Allowed>
): RowSource =>
  function* (rows, seed) {
    const bits = seededBits(`gan ${seed}`)
    const generator = generatorOf(weights, BLOCK)
    const keep = filter(weights, potentials, allowed)
    const columns = Array.from({ length: weights.offsets.length - 1 }, () => new Uint16Array(BLOCK))
    for (let made = 0; made < rows;) {
      const length = Math.min(rows - made, keep(generator.make(BLOCK, bits), columns))
      made += length
      if (length > 0) yield { length, columns }
    }
  }

/** The share of rows that the rules let pass, of some thousand. */
export function passingShare(
  weights: GeneratorWeights,
  potentials: ReadonlyArray<Potential>,
  allowed: ReadonlyArray<Allowed>
): number {
  const bits = seededBits("passing")
  const generator = generatorOf(weights, BLOCK)
  const keep = filter(weights, potentials, allowed)
  const columns = Array.from({ length: weights.offsets.length - 1 }, () => new Uint16Array(BLOCK))
  let passing = 0
  for (let i = 0; i < 8; i++) passing += keep(generator.make(BLOCK, bits), columns)
  return passing / (8 * BLOCK)
}

/** Writes the rows that pass to the columns and returns how many they are. */
function filter(
  { offsets }: GeneratorWeights,
  potentials: ReadonlyArray<Potential>,
  allowed: ReadonlyArray<Allowed>
): (places: Int32Array, columns: ReadonlyArray<Uint16Array>) => number {
  const d = offsets.length - 1
  const sizes = Array.from({ length: d }, (_, c) => offsets[c + 1]! - offsets[c]!)
  return (places, columns) => {
    let kept = 0
    for (let i = 0; i < BLOCK; i++) {
      const code = (c: number): number => places[i * d + c]! - offsets[c]!
      const passes =
        allowed.every(({ column, codes }) => codes[code(column)] === 1) &&
        potentials.every(({ clique, logs }) => logs[clique.reduce((cell, c) => cell * sizes[c]! + code(c), 0)] === 0)
      if (!passes) continue
      for (let c = 0; c < d; c++) columns[c]![kept] = code(c)
      kept += 1
    }
    return kept
  }
}
