import { cellsOf } from "../model/cellsOf.ts"
import type { Clique } from "../model/Clique.ts"
import type { GraphicalModel } from "../model/GraphicalModel.ts"
import { Projection } from "../model/Projection.ts"

/** How one column is made from columns that stand already. */
export interface RowStep {
  readonly column: number
  readonly parents: Clique
  /** per parents' cell, the cumulative shares of the column's values; the last one is 1, or 0 where the cell has no mass */
  readonly cumulative: Float64Array
}

/**
 * The order in which rows are made: outward from the tree's root, each column given all columns of its clique that stand
 * already. Cliques of the tree, not of the measurements: nothing that the model knows is lost.
 */
export function rowSteps({ sizes, tree, beliefs }: GraphicalModel): ReadonlyArray<RowStep> {
  const made = new Set<number>()
  return [0, ...tree.edges.map(({ child }) => child)].flatMap((at) => {
    const clique = tree.cliques[at]!
    return clique.flatMap((column) => {
      if (made.has(column)) return []
      const parents = clique.filter((own) => made.has(own))
      made.add(column)
      const both = clique.filter((own) => own === column || parents.includes(own))
      const table = new Float64Array(cellsOf(sizes, both))
      Projection(sizes, clique, both).sumTo(beliefs[at]!, table)
      return [{ column, parents, cumulative: cumulate(sizes, both, column, table) }]
    })
  })
}

/** Puts the column innermost and sums its shares up. */
function cumulate(sizes: ReadonlyArray<number>, both: Clique, column: number, table: Float64Array): Float64Array {
  const size = sizes[column]!
  const inner = cellsOf(sizes, both.slice(both.indexOf(column) + 1))
  const out = new Float64Array(table.length)
  const groups = table.length / size
  for (let g = 0; g < groups; g++) {
    const from = Math.floor(g / inner) * size * inner + (g % inner)
    const to = g * size
    let sum = 0
    for (let v = 0; v < size; v++) out[to + v] = sum += table[from + v * inner]!
    if (sum > 0) for (let v = 0; v < size; v++) out[to + v]! /= sum
  }
  return out
}
