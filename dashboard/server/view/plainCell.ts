/** A cell as a page can show it; what has no plain form becomes text. */
export function plainCell(value: unknown): string | number | boolean | null {
  if (value === null || value === undefined) return null
  if (typeof value === "number") return Number.isFinite(value) ? value : null
  if (typeof value === "bigint" && Number.isSafeInteger(Number(value))) return Number(value)
  if (typeof value === "string" || typeof value === "boolean") return value
  return String(value)
}
