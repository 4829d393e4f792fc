import type { PublicDomain } from "./PublicDomain.ts"

const LONGEST = 100_000
const months = { month: 1, quarter: 3, year: 12 } as const
const days = { day: 1, week: 7 } as const

interface Range {
  readonly from: number | string
  readonly to: number | string
  readonly step?: number | keyof typeof months | keyof typeof days
}

/**
 * The values of a range rule, `to` included: numbers by a numeric step, days by day, week, month, quarter or year.
 * @returns the domain, or a sentence about what is wrong with the range
 */
export function rangeDomain(range: Range): PublicDomain | string {
  const { from, to, step } = range
  if (typeof from === "number" && typeof to === "number") return numbers(from, to, step ?? 1)
  if (typeof from === "string" && typeof to === "string") return calendar(from, to, step ?? "day")
  return "from and to must both be numbers or both be days"
}

function numbers(from: number, to: number, step: number | string): PublicDomain | string {
  if (typeof step !== "number") return "a range of numbers takes a number as step"
  const count = Math.floor((to - from) / step + 1e-9) + 1
  if (!(count >= 1 && count <= LONGEST)) return `a range holds 1 to ${LONGEST} values`
  return { kind: "numbers", values: Array.from({ length: count }, (_, i) => from + i * step), from, step }
}

function calendar(from: string, to: string, step: number | string): PublicDomain | string {
  const first = parseDay(from)
  const last = parseDay(to)
  if (first === undefined || last === undefined) return "days are written as 2026-01-31 and months as 2026-01"
  if (last < first) return "from lies after to"
  if (typeof step === "number") return "a range of days takes day, week, month, quarter or year as step"
  const monthly = step in months
  if (monthly && new Date(first).getUTCDate() !== 1) return `a range by ${step} begins on the first day of a month`
  const size = monthly ? months[step as keyof typeof months] : days[step as keyof typeof days]
  const values: Array<string> = []
  const at = (i: number): number => (monthly ? addMonths(first, i * size) : first + i * size * 86_400_000)
  while (values.length <= LONGEST && at(values.length) <= last) values.push(isoDay(at(values.length)))
  if (values.length > LONGEST) return `a range holds 1 to ${LONGEST} values`
  return {
    kind: "days",
    values,
    from: values[0]!,
    end: isoDay(at(values.length)),
    part: monthly ? "month" : "day",
    step: size
  }
}

function parseDay(text: string): number | undefined {
  const match = /^([1-9]\d{3})-(\d\d)(?:-(\d\d))?$/.exec(text)
  if (match === null) return undefined
  const day = `${match[1]}-${match[2]}-${match[3] ?? "01"}`
  const time = Date.parse(`${day}T00:00:00Z`)
  return Number.isNaN(time) || isoDay(time) !== day ? undefined : time
}

function addMonths(time: number, count: number): number {
  const day = new Date(time)
  return Date.UTC(day.getUTCFullYear(), day.getUTCMonth() + count, 1)
}

const isoDay = (time: number): string => new Date(time).toISOString().slice(0, 10)
