import { seededBits } from "#core/random/BitSource.ts"
import type { BitSource } from "#core/random/BitSource.ts"
import { uniformInt } from "#core/random/uniformInt.ts"
import { cellsOf } from "../model/cellsOf.ts"
import type { GraphicalModel } from "../model/GraphicalModel.ts"
import { rowSteps } from "./rowSteps.ts"
import type { RowStep } from "./rowSteps.ts"
import type { Block, RowSource } from "./RowSource.ts"

/** Rows that are made together; memory is bounded by them and the model. */
const BLOCK = 131_072
const TWO32 = 4_294_967_296

/**
 * Makes rows of a model by rounding, not by sampling: among the m rows that agree in a column's parents, a value of share p
 * gets floor(m p) or ceil(m p) rows, m p on average. So a file of one block has nearly the model's marginals.
 *
 * The counts are set by one random point and its m - 1 followers at equal distances on the cumulative shares; then the
 * values are shuffled within their group. Each block has random bits of its own from (seed, its number).
 */
export function roundedRows(model: GraphicalModel): RowSource {
  const { sizes } = model
  const steps = rowSteps(model)
  return function* (rows, seed) {
    const length = Math.min(rows, BLOCK)
    const columns = sizes.map(() => new Uint16Array(length))
    const groups = Math.max(...steps.map(({ parents }) => cellsOf(sizes, parents)))
    const room = {
      group: new Int32Array(length),
      order: new Int32Array(length),
      values: new Uint16Array(length),
      starts: new Int32Array(groups + 1)
    }
    for (let made = 0, block = 0; made < rows; made += length, block++) {
      const part = { length: Math.min(length, rows - made), columns }
      const bits = seededBits(`rows ${seed} ${block}`)
      for (const step of steps) drawColumn(sizes, step, part, room, bits)
      yield part
    }
  }
}

interface Room {
  readonly group: Int32Array
  readonly order: Int32Array
  readonly values: Uint16Array
  readonly starts: Int32Array
}

function drawColumn(
  sizes: ReadonlyArray<number>,
  { column, parents, cumulative }: RowStep,
  { length, columns }: Block,
  { group, order, values, starts }: Room,
  bits: BitSource
): void {
  const groups = sortByParents(sizes, parents, columns, length, group, order, starts)
  const size = sizes[column]!
  const to = columns[column]!
  for (let g = 0, from = 0; g < groups; g++) {
    const end = starts[g]!
    const m = end - from
    if (m === 0) continue
    place(cumulative, g * size, size, m, bits, values)
    for (let left = m; left > 0; left--) {
      const at = left === 1 ? 0 : uniformInt(bits, left)
      to[order[from + left - 1]!] = values[at]!
      values[at] = values[left - 1]!
    }
    from = end
  }
}

/** Orders rows by the cell of their parents; afterwards `starts[g]` is where group g ends. */
function sortByParents(
  sizes: ReadonlyArray<number>,
  parents: ReadonlyArray<number>,
  columns: ReadonlyArray<Uint16Array>,
  length: number,
  group: Int32Array,
  order: Int32Array,
  starts: Int32Array
): number {
  group.fill(0, 0, length)
  for (const parent of parents) {
    const [codes, size] = [columns[parent]!, sizes[parent]!]
    for (let i = 0; i < length; i++) group[i] = group[i]! * size + codes[i]!
  }
  const groups = cellsOf(sizes, parents)
  starts.fill(0, 0, groups + 1)
  for (let i = 0; i < length; i++) starts[group[i]! + 1]!++
  for (let g = 0; g < groups; g++) starts[g + 1]! += starts[g]!
  for (let i = 0; i < length; i++) order[starts[group[i]!]!++] = i
  return groups
}

/** Writes the values of m rows, rising: of m points at equal distances, each takes the value whose share it falls in. */
function place(
  cumulative: Float64Array,
  from: number,
  size: number,
  m: number,
  bits: BitSource,
  values: Uint16Array
): void {
  const start = bits.u32() / TWO32
  // Few rows among many values: look each one up; else walk along the values once.
  const few = m * 8 < size
  let value = 0
  for (let k = 0; k < m; k++) {
    const point = (start + k) / m
    if (few) {
      let [low, high] = [value, size - 1]
      while (low < high) {
        const middle = (low + high) >> 1
        if (cumulative[from + middle]! > point) high = middle
        else low = middle + 1
      }
      value = low
    } else {
      while (value < size - 1 && cumulative[from + value]! <= point) value++
    }
    values[k] = value
  }
}
