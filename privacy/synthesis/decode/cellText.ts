import type { NumberColumn } from "../encode/CodedColumn.ts"

const DAY = 86_400_000

/** How a number of a column is written: days as ISO text, money with two digits, reals with those of their step. */
export function cellText({ format, step }: NumberColumn): (grid: number) => string {
  if (format === "integer") return String
  if (format === "date") {
    const known = new Map<number, string>()
    return (grid) => {
      let text = known.get(grid)
      if (text === undefined) known.set(grid, (text = new Date(grid * DAY).toISOString().slice(0, 10)))
      return text
    }
  }
  if (format === "money") {
    return (grid) => {
      const fen = Math.abs(grid)
      const rest = fen % 100
      return `${grid < 0 ? "-" : ""}${(fen - rest) / 100}.${rest < 10 ? "0" : ""}${rest}`
    }
  }
  const digits = Math.min(20, Math.max(0, Math.ceil(-Math.log10(step) - 1e-9)))
  return (grid) => (grid * step).toFixed(digits)
}
