import { seededBits } from "#core/random/BitSource.ts"
import { uniformInt } from "#core/random/uniformInt.ts"

/** A generated table of known structure: integer codes, one array per column. */
export interface CodedTable {
  readonly names: ReadonlyArray<string>
  readonly sizes: ReadonlyArray<number>
  readonly rows: number
  readonly columns: ReadonlyArray<Uint16Array>
}

/** Sizes like those of a census extract: 14 columns of 2 to 100 values. */
export const censusSizes: ReadonlyArray<number> = [85, 9, 100, 16, 16, 7, 15, 6, 5, 2, 100, 100, 99, 42]

/**
 * Rows of a Bayesian network: each column hangs on one or two earlier ones. Given its parents, a column has a favourite value
 * of weight `strength`; else it follows a Zipf law of its own.
 */
export function drawTable(seed: string, sizes: ReadonlyArray<number>, rows: number, strength = 0.5): CodedTable {
  const bits = seededBits(seed)
  const unit = (): number => uniformInt(bits, 2 ** 30) / 2 ** 30
  const columns = sizes.map(() => new Uint16Array(rows))
  sizes.forEach((size, c) => {
    const parents = c === 0 ? [] : [...new Set([uniformInt(bits, c), ...(c % 3 === 2 ? [uniformInt(bits, c)] : [])])]
    const steepness = 0.4 + unit()
    const cumulative = new Float64Array(size)
    let sum = 0
    for (let v = 0; v < size; v++) cumulative[v] = sum += (v + 1) ** -steepness
    const zipf = (): number => {
      const at = unit() * sum
      return Math.min(
        size - 1,
        cumulative.findIndex((edge) => at < edge)
      )
    }
    const favourite = new Map<number, number>()
    for (let i = 0; i < rows; i++) {
      const key = parents.reduce((code, p) => code * sizes[p]! + Math.floor(columns[p]![i]! / 3), 0)
      let own = favourite.get(key)
      if (own === undefined) favourite.set(key, (own = zipf()))
      columns[c]![i] = parents.length > 0 && unit() < strength ? own : zipf()
    }
  })
  return { names: sizes.map((_, c) => `c${c}`), sizes, rows, columns }
}
