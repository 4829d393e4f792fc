import { cellsOf } from "./cellsOf.ts"
import type { Clique } from "./Clique.ts"

/** What links the table of a clique with the table of a part of its columns. Tables are row-major, the last column fastest. */
export interface Projection {
  /** Sums a table over the columns that the part lacks; `part` is overwritten. */
  sumTo(table: Float64Array, part: Float64Array): void
  /** Multiplies each cell by the cell of the part that it falls on. */
  multiplyBy(table: Float64Array, part: Float64Array): void
  /** Overwrites each cell with the cell of the part that it falls on. */
  fillFrom(table: Float64Array, part: Float64Array): void
}

/**
 * Prepares the projection of a clique on some of its columns.
 *
 * Neighbouring columns that are both kept or both dropped count as one axis; the two innermost axes are plain loops and
 * the start of each outer step is looked up, so a pass costs about one memory access per cell.
 * @throws RangeError if `part` is not within `whole`: a bug in the caller
 */
export const Projection = (sizes: ReadonlyArray<number>, whole: Clique, part: Clique): Projection => {
  if (!part.every((column) => whole.includes(column))) throw new RangeError("a projection keeps columns of its clique")
  const axes: Array<{ size: number; kept: boolean }> = []
  for (const column of whole) {
    const kept = part.includes(column)
    const last = axes.at(-1)
    if (sizes[column] === 1) continue
    if (last !== undefined && last.kept === kept) last.size *= sizes[column]!
    else axes.push({ size: sizes[column]!, kept })
  }
  const innermost = axes.pop() ?? { size: 1, kept: true }
  const second = axes.pop() ?? { size: 1, kept: !innermost.kept }
  const [a, b] = [second.size, innermost.size]
  const starts = startsOf(axes, innermost.kept ? b : a)
  const cells = cellsOf(sizes, part)

  if (innermost.kept) {
    return {
      sumTo: (table, to) => {
        to.fill(0, 0, cells)
        for (let o = 0, i = 0; o < starts.length; o++) {
          const start = starts[o]!
          for (let x = 0; x < a; x++) for (let y = start; y < start + b; y++) to[y]! += table[i++]!
        }
      },
      multiplyBy: (table, by) => {
        for (let o = 0, i = 0; o < starts.length; o++) {
          const start = starts[o]!
          for (let x = 0; x < a; x++) for (let y = start; y < start + b; y++) table[i++]! *= by[y]!
        }
      },
      fillFrom: (table, by) => {
        for (let o = 0, i = 0; o < starts.length; o++) {
          const start = starts[o]!
          for (let x = 0; x < a; x++) for (let y = start; y < start + b; y++) table[i++] = by[y]!
        }
      }
    }
  }
  return {
    sumTo: (table, to) => {
      to.fill(0, 0, cells)
      for (let o = 0, i = 0; o < starts.length; o++) {
        const start = starts[o]!
        for (let x = start; x < start + a; x++) {
          let sum = 0
          for (let y = 0; y < b; y++) sum += table[i++]!
          to[x]! += sum
        }
      }
    },
    multiplyBy: (table, by) => {
      for (let o = 0, i = 0; o < starts.length; o++) {
        const start = starts[o]!
        for (let x = start; x < start + a; x++) {
          const factor = by[x]!
          for (let y = 0; y < b; y++) table[i++]! *= factor
        }
      }
    },
    fillFrom: (table, by) => {
      for (let o = 0, i = 0; o < starts.length; o++) {
        const start = starts[o]!
        for (let x = start; x < start + a; x++) {
          const value = by[x]!
          for (let y = 0; y < b; y++) table[i++] = value
        }
      }
    }
  }
}

/** Per step of the outer axes, where its cells begin in the part. */
function startsOf(axes: ReadonlyArray<{ readonly size: number; readonly kept: boolean }>, inner: number): Int32Array {
  let starts = Int32Array.of(0)
  let stride = inner
  for (const { size, kept } of axes.toReversed()) {
    const wider = new Int32Array(starts.length * size)
    for (let x = 0, i = 0; x < size; x++) {
      for (let j = 0; j < starts.length; j++) wider[i++] = starts[j]! + (kept ? x * stride : 0)
    }
    if (kept) stride *= size
    starts = wider
  }
  return starts
}
