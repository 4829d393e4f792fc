import { seededBits } from "#core/random/BitSource.ts"
import type { CodedColumn } from "../encode/CodedColumn.ts"
import type { KeyColumn } from "../encode/planColumns.ts"
import type { RowSource } from "../rows/RowSource.ts"
import type { Order } from "../rules/orderTables.ts"
import { cellText } from "./cellText.ts"
import { decodeNumbers } from "./decodeNumbers.ts"

/** How coded rows become a table again. */
export interface TableShape {
  readonly columns: ReadonlyArray<CodedColumn>
  readonly keys: ReadonlyArray<KeyColumn>
  readonly orders: ReadonlyArray<Order>
}

/** Rows whose text is put together before it is handed on. */
const LINES = 8192

/**
 * The rows as CSV with a header line, piece by piece: keys first, then the columns in their order. Missing values are
 * empty, empty texts are "". The same seed gives the same bytes.
 */
export function* csvLines(shape: TableShape, source: RowSource, rows: number, seed: string): Iterable<string> {
  const { columns, keys, orders } = shape
  yield `${[...keys, ...columns].map(({ name }) => quoted(name)).join(",")}\n`
  const decode = decodeNumbers(columns, orders)
  const writers = columns.map(writerOf)
  let [row, number] = [0, 0]
  for (const block of source(rows, seed)) {
    const numbers = decode(block, seededBits(`values ${seed} ${number++}`))
    for (let from = 0; from < block.length; from += LINES) {
      const to = Math.min(block.length, from + LINES)
      let text = ""
      for (let i = from; i < to; i++) {
        row++
        for (const { prefix } of keys) text += `${quoted(prefix + String(row))},`
        for (let c = 0; c < writers.length; c++) {
          if (c > 0) text += ","
          text += writers[c]!(block.columns[c]![i]!, numbers[c]?.[i] ?? 0)
        }
        text += "\n"
      }
      yield text
    }
  }
}

function writerOf(column: CodedColumn): (code: number, grid: number) => string {
  if (column.kind === "labels") {
    const texts = column.labels.map(quoted)
    return (code) => texts[code] ?? ""
  }
  const text = cellText(column)
  const { missing } = column
  return (code, grid) => (code === missing ? "" : text(grid))
}

/** As RFC 4180; an empty text is quoted, so that it is not read as missing. */
const quoted = (text: string): string => (/^$|[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)
