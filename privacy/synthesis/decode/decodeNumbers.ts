import type { BitSource } from "#core/random/BitSource.ts"
import type { CodedColumn } from "../encode/CodedColumn.ts"
import type { Block } from "../rows/RowSource.ts"
import type { Order } from "../rules/orderTables.ts"

const TWO32 = 4_294_967_296

/**
 * Draws the numbers of a block, uniform inside their bins, so that every declared order holds between columns too.
 *
 * What follows must be reachable: before a value is drawn, its upper end is lowered to what its successors can still be;
 * then its lower end is raised to what its predecessors are.
 * @returns a function that fills, per column, grid steps of each row (NaN where missing); arrays are used again
 */
export function decodeNumbers(
  columns: ReadonlyArray<CodedColumn>,
  orders: ReadonlyArray<Order>
): (block: Block, bits: BitSource) => ReadonlyArray<Float64Array | undefined> {
  const sorted = inOrder(columns.length, orders)
  const before = columns.map((_, c) => orders.filter(({ after }) => after === c))
  const after = columns.map((_, c) => orders.filter((order) => order.before === c))
  let values: ReadonlyArray<Float64Array | undefined> = []
  let uppers: ReadonlyArray<Float64Array | undefined> = []

  return ({ length, columns: codes }, bits) => {
    if ((values.find((own) => own !== undefined)?.length ?? length) < length || values.length === 0) {
      values = columns.map(({ kind }) => (kind === "numbers" ? new Float64Array(length) : undefined))
      uppers = columns.map((_, c) => (after[c]!.length + before[c]!.length > 0 ? new Float64Array(length) : undefined))
    }
    for (const c of sorted.toReversed()) {
      const [column, upper] = [columns[c]!, uppers[c]]
      if (column.kind !== "numbers" || upper === undefined) continue
      const [own, { edges, missing }] = [codes[c]!, column]
      for (let i = 0; i < length; i++) {
        if (own[i] === missing) {
          upper[i] = Number.NaN
          continue
        }
        let most = edges[own[i]! + 1]! - 1
        for (const { after: next, least } of after[c]!) {
          const reach = uppers[next]![i]! - least
          if (reach < most) most = reach
        }
        upper[i] = most
      }
    }
    for (const c of sorted) {
      const [column, to] = [columns[c]!, values[c]]
      if (column.kind !== "numbers" || to === undefined) continue
      const [own, upper, { edges, missing }] = [codes[c]!, uppers[c], column]
      for (let i = 0; i < length; i++) {
        const code = own[i]!
        if (code === missing) {
          to[i] = Number.NaN
          continue
        }
        let low = edges[code]!
        for (const { before: previous, least } of before[c]!) {
          const reach = values[previous]![i]! + least
          if (reach > low) low = reach
        }
        const width = (upper === undefined ? edges[code + 1]! - 1 : upper[i]!) - low + 1
        to[i] = width <= 1 ? low : low + Math.floor(uniform(bits, width) * width)
      }
    }
    return values
  }
}

const uniform = (bits: BitSource, width: number): number =>
  width < 65_536 ? bits.u32() / TWO32 : ((bits.u32() >>> 11) * TWO32 + bits.u32()) / 2 ** 53

/** Columns so that each comes after those it must not be before. */
function inOrder(n: number, orders: ReadonlyArray<Order>): ReadonlyArray<number> {
  const sorted: Array<number> = []
  const visit = (column: number): void => {
    if (sorted.includes(column)) return
    for (const { before, after } of orders) if (after === column) visit(before)
    sorted.push(column)
  }
  for (let column = 0; column < n; column++) visit(column)
  return sorted
}
