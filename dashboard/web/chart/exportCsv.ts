import type { Drawing } from "./Drawing.ts"

/** A drawing's table as CSV (RFC 4180, UTF-8 with a mark so that Excel reads Chinese), with cells that a spreadsheet would run as formulas defused. */
export function exportCsv({ head, rows }: Drawing["table"]): string {
  const cell = (value: string | number): string => {
    if (typeof value === "number") return String(value)
    const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value
    return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
  }
  return `\ufeff${[head, ...rows].map((row) => row.map(cell).join(",")).join("\r\n")}\r\n`
}
