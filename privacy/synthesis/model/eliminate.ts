import type { Clique } from "./Clique.ts"

/** The maximal cliques of a triangulated graph of columns, and the order in which columns were eliminated. */
export interface Elimination {
  readonly cliques: ReadonlyArray<Clique>
  readonly order: ReadonlyArray<number>
  /** cells of all clique tables together */
  readonly cells: number
}

/**
 * Triangulates the graph in which the columns of each given clique are neighbours: always next the column whose merged
 * neighbourhood has the fewest cells. Every column of the domain is in some clique.
 *
 * Neighbourhoods are sets of bits, so that testing a few thousand candidates a round stays cheap.
 * @source McKenna, Sheldon, Miklau 2019 (arXiv 1901.09136), section 3; Koller, Friedman 2009, 9.4
 */
export function eliminate(sizes: ReadonlyArray<number>, cliques: ReadonlyArray<Clique>): Elimination {
  const n = sizes.length
  const words = Math.ceil(n / 32)
  const near = new Uint32Array(n * words)
  const set = (of: number, column: number): void => {
    near[of * words + (column >>> 5)]! |= 1 << (column & 31)
  }
  for (const clique of cliques) for (const a of clique) for (const b of clique) set(a, b)
  for (let column = 0; column < n; column++) set(column, column)

  const costs = new Float64Array(n)
  const cost = (column: number): number => {
    let product = 1
    for (let w = 0; w < words; w++) {
      for (let bits = near[column * words + w]!; bits !== 0; bits &= bits - 1) {
        product *= sizes[(w << 5) + 31 - Math.clz32(bits & -bits)]!
      }
    }
    return product
  }
  for (let column = 0; column < n; column++) costs[column] = cost(column)

  const order: Array<number> = []
  const found: Array<Uint32Array> = []
  let cells = 0
  for (let step = 0; step < n; step++) {
    let next = 0
    for (let column = 1; column < n; column++) if (costs[column]! < costs[next]!) next = column
    const merged = near.slice(next * words, (next + 1) * words)
    order.push(next)
    if (!found.some((clique) => covers(clique, merged))) {
      found.push(merged)
      cells += costs[next]!
    }
    costs[next] = Number.POSITIVE_INFINITY
    const gone = ~(1 << (next & 31))
    for (const column of places(merged)) {
      if (column === next) continue
      for (let w = 0; w < words; w++) near[column * words + w]! |= merged[w]!
      near[column * words + (next >>> 5)]! &= gone
    }
    for (const column of places(merged)) if (column !== next) costs[column] = cost(column)
  }
  return { cliques: found.map(places), order, cells }
}

function covers(whole: Uint32Array, part: Uint32Array): boolean {
  for (let w = 0; w < part.length; w++) if ((part[w]! & ~whole[w]!) !== 0) return false
  return true
}

function places(bits: Uint32Array): Clique {
  const columns: Array<number> = []
  for (let w = 0; w < bits.length; w++) {
    for (let rest = bits[w]!; rest !== 0; rest &= rest - 1) columns.push((w << 5) + 31 - Math.clz32(rest & -rest))
  }
  return columns
}
