/** A cell as a page can show it; what has no plain form (an instant, a bigint) becomes text. */
export function plainCell(value: unknown): string | number | boolean | null {
  if (value === null || value === undefined) return null
  if (typeof value === "number") return Number.isFinite(value) ? value : null
  if (typeof value === "string" || typeof value === "boolean") return value
  return String(value)
}
