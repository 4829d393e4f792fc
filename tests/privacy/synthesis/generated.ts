import { Effect, Layer } from "effect"
import { seededBits } from "#core/random/BitSource.ts"
import { uniformInt } from "#core/random/uniformInt.ts"
import { rhoUnits } from "#privacy/dp/accounting/rhoUnits.ts"
import { zcdpRho } from "#privacy/dp/accounting/zcdpRho.ts"
import { Noise } from "#privacy/dp/Noise.ts"
import type { Brief, Mechanism } from "#privacy/synthesis/mechanism/Brief.ts"
import type { MarginalSource } from "#privacy/synthesis/mechanism/MarginalSource.ts"
import { Purse } from "#privacy/synthesis/mechanism/Purse.ts"
import type { Clique } from "#privacy/synthesis/model/Clique.ts"
import type { RowSource } from "#privacy/synthesis/rows/RowSource.ts"

export interface Coded {
  readonly sizes: ReadonlyArray<number>
  readonly rows: number
  readonly columns: ReadonlyArray<Uint16Array>
}

/** A chain: each column copies the one before it (modulo its own size) in four rows of five, else it is uniform. */
export function chain(seed: string, sizes: ReadonlyArray<number>, rows: number): Coded {
  const bits = seededBits(seed)
  const columns = sizes.map(() => new Uint16Array(rows))
  for (let i = 0; i < rows; i++) {
    for (let c = 0; c < sizes.length; c++) {
      const copied = c > 0 && uniformInt(bits, 5) > 0
      columns[c]![i] = copied ? columns[c - 1]![i]! % sizes[c]! : uniformInt(bits, sizes[c]!)
    }
  }
  return { sizes, rows, columns }
}

/** All rows of a source as one table. */
export function collect(sizes: ReadonlyArray<number>, source: RowSource, rows: number, seed = "1"): Coded {
  const columns = sizes.map(() => new Uint16Array(rows))
  let made = 0
  for (const { length, columns: codes } of source(rows, seed)) {
    codes.forEach((own, c) => columns[c]!.set(own.subarray(0, length), made))
    made += length
  }
  return { sizes, rows: made, columns }
}

export function countsOf({ sizes, columns, rows }: Coded, clique: Clique): Float64Array {
  const table = new Float64Array(clique.reduce((n, c) => n * sizes[c]!, 1))
  for (let i = 0; i < rows; i++) table[clique.reduce((place, c) => place * sizes[c]! + columns[c]![i]!, 0)]!++
  return table
}

export const sourceOf = (table: Coded, cap = 1): MarginalSource => ({
  sizes: table.sizes,
  cap,
  counts: (clique) => Effect.sync(() => countsOf(table, clique))
})

export const pairsOf = (d: number): ReadonlyArray<Clique> =>
  Array.from({ length: d }, (_, a) => Array.from({ length: d - a - 1 }, (_, k): Clique => [a, a + 1 + k])).flat()

export const unitsOf = (eps: number, delta = 1e-9): bigint => rhoUnits.limit(zcdpRho(eps, delta))

/** Runs a mechanism over a generated table with seeded noise; the purse is given back for looking into. */
export function learn(mechanism: Mechanism, source: MarginalSource, units: bigint, more: Partial<Brief> = {}) {
  return Effect.suspend(() => {
    const purse = Purse(units)
    const workload = pairsOf(source.sizes.length).map((clique) => ({ clique, weight: 1 }))
    const brief = { source, purse, workload, rules: [], paid: [], modelCells: 131_072, ...more }
    const noise = Noise.layerOver(seededBits(`noise ${units} ${source.cap}`))
    return Effect.map(Effect.provide(mechanism(brief), Layer.fresh(noise)), (learned) => ({ ...learned, purse }))
  })
}

/** Mean total variation distance of all pairs between a table and what is claimed about them. */
export function pairError(table: Coded, answer: (clique: Clique) => Float64Array): number {
  const pairs = pairsOf(table.sizes.length)
  const distance = (clique: Clique): number => {
    const [exact, own] = [countsOf(table, clique), answer(clique)]
    const mass = own.reduce((a, b) => a + b, 0)
    return exact.reduce((sum, n, j) => sum + Math.abs(n / table.rows - own[j]! / mass), 0) / 2
  }
  return pairs.reduce((sum, clique) => sum + distance(clique), 0) / pairs.length
}
