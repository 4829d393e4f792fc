import type { Draws } from "./Draws.ts"
import { weighted } from "./weighted.ts"

/** Days of history before `asOf`; day 0 is the first, and nothing happens on `asOf` itself or later. */
export const historyDays = 730

export const daySeconds = 86_400

/** When a line of business is busy. Months from January, weekdays from Monday, hours from midnight. */
export interface Rhythm {
  readonly months: ReadonlyArray<number>
  readonly weekdays: ReadonlyArray<number>
  readonly hours: ReadonlyArray<number>
  /** Special days: month, first day, last day, factor. */
  readonly festivals: ReadonlyArray<readonly [number, number, number, number]>
  /** How much busier the last day is than the first. */
  readonly growth: number
}

export interface Calendar {
  /** A day in 0..historyDays-1. */
  day(draws: Draws): number
  /** A second within a day. */
  second(draws: Draws): number
}

/** The first day of the history as the text of a timestamp. */
export function originOf(asOf: string): string {
  return `${new Date(Date.parse(`${asOf}T00:00:00Z`) - historyDays * daySeconds * 1000).toISOString().slice(0, 10)} 00:00:00`
}

export function calendar(asOf: string, rhythm: Rhythm): Calendar {
  const end = Date.parse(`${asOf}T00:00:00Z`)
  const weights = Array.from({ length: historyDays }, (_, i) => {
    const date = new Date(end - (historyDays - i) * daySeconds * 1000)
    const month = date.getUTCMonth()
    const dayOfMonth = date.getUTCDate()
    let weight = rhythm.months[month]! * rhythm.weekdays[(date.getUTCDay() + 6) % 7]!
    weight *= 1 + (rhythm.growth - 1) * (i / historyDays)
    for (const [m, first, last, factor] of rhythm.festivals)
      if (month + 1 === m && dayOfMonth >= first && dayOfMonth <= last) weight *= factor
    return weight
  })
  const day = weighted(weights)
  const hour = weighted(rhythm.hours)
  return { day, second: (draws) => hour(draws) * 3600 + draws.below(3600) }
}
