import type { Reading } from "./Reading.ts"

/** How rare values of a domain are joined into one per column, so that pairs of columns stay small. */
export interface Joining {
  /** of the joined domain */
  readonly sizes: ReadonlyArray<number>
  /** per column: the joined code of each value; absent where nothing is joined */
  readonly codes: ReadonlyArray<Int32Array | undefined>
}

/**
 * Joins the values of a column whose noisy count is below three standard deviations of its noise: nobody can tell them from
 * nothing. Decided on noisy counts alone, by the first reading of each column.
 * @param mayJoin  false for columns that rules speak of
 * @source         McKenna, Miklau, Sheldon 2021 (arXiv 2108.04978), section 3.3
 */
export function Joining(
  sizes: ReadonlyArray<number>,
  readings: ReadonlyArray<Reading>,
  mayJoin: (column: number) => boolean
): Joining {
  const codes = sizes.map((size, column) => {
    const own = readings.find(({ clique, joined }) => !joined && clique.length === 1 && clique[0] === column)
    if (own === undefined || !mayJoin(column)) return undefined
    const floor = 3 * Math.sqrt(Number(own.variance.num) / Number(own.variance.den))
    const rare = own.counts.reduce((n, count) => n + (count < floor ? 1 : 0), 0)
    if (rare < 2) return undefined
    let next = 0
    const other = size - rare
    return Int32Array.from(own.counts, (count) => (count < floor ? other : next++))
  })
  return { sizes: sizes.map((size, c) => (codes[c] === undefined ? size : Math.max(...codes[c]) + 1)), codes }
}
