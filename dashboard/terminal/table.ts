import { visibleLine } from "./visible.ts"

/** Columns a text takes on a terminal: East Asian wide characters take two. */
function width(text: string): number {
  let columns = 0
  for (const character of text) {
    const code = character.codePointAt(0)!
    const wide =
      (code >= 0x1100 && code <= 0x115f) ||
      (code >= 0x2e80 && code <= 0xa4cf) ||
      (code >= 0xac00 && code <= 0xd7a3) ||
      (code >= 0xf900 && code <= 0xfaff) ||
      (code >= 0xfe30 && code <= 0xfe6f) ||
      (code >= 0xff00 && code <= 0xff60) ||
      (code >= 0xffe0 && code <= 0xffe6) ||
      (code >= 0x20000 && code <= 0x3fffd)
    columns += wide ? 2 : 1
  }
  return columns
}

const number = /^[+-]?[\d,.]+(?: [A-Z]{3}|%|s)?$/

/** Rows as aligned columns under a heading; columns of numbers stand right. */
export function table(heading: ReadonlyArray<string>, given: ReadonlyArray<ReadonlyArray<string>>): string {
  if (given.length === 0) return ""
  // A line of a table is one row, whatever stands in its cells.
  const rows = given.map((row) => row.map(visibleLine))
  const widths = heading.map((name, i) => Math.max(width(name), ...rows.map((row) => width(row[i] ?? ""))))
  const right = heading.map((_, i) => rows.every((row) => row[i] === "" || number.test(row[i] ?? "")))
  const line = (cells: ReadonlyArray<string>): string =>
    cells
      .map((cell, i) => {
        const pad = " ".repeat(Math.max(0, widths[i]! - width(cell)))
        return right[i] === true ? pad + cell : cell + pad
      })
      .join("  ")
      .trimEnd()
  return [line(heading), line(widths.map((n) => "-".repeat(n))), ...rows.map(line)].join("\n")
}
