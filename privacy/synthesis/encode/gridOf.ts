const DAY = 86_400_000
const ISO = /^\d{4}-\d\d-\d\d$/

/**
 * The place of a declared value on the grid of a column: whole steps, for days since 1970-01-01.
 * @returns undefined for what is no such value
 */
export function gridOf(
  format: "integer" | "real" | "date" | "money",
  step: number,
  value: string | number | boolean
): number | undefined {
  if (format === "date") {
    const time = typeof value === "string" && ISO.test(value) ? Date.parse(`${value}T00:00:00Z`) : Number.NaN
    return Number.isNaN(time) || new Date(time).toISOString().slice(0, 10) !== value ? undefined : time / DAY
  }
  if (typeof value === "boolean") return undefined
  const number = Number(value)
  if (!Number.isFinite(number)) return undefined
  const place = Math.round(number / step)
  return Math.abs(place) <= 2 ** 52 ? place : undefined
}
