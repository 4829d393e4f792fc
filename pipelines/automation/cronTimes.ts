import { BadInput } from "#core/BadInput.ts"

/** The minutes, hours, days of the month, months and weekdays that a schedule names; undefined where it names all. */
interface Fields {
  readonly minute: ReadonlySet<number> | undefined
  readonly hour: ReadonlySet<number> | undefined
  readonly day: ReadonlySet<number> | undefined
  readonly month: ReadonlySet<number> | undefined
  readonly weekday: ReadonlySet<number> | undefined
}

const bounds = [
  [0, 59],
  [0, 23],
  [1, 31],
  [1, 12],
  [0, 7]
] as const

const minuteMillis = 60_000
/** A schedule that never comes, such as 30 February, is given up after this many days. */
const longestWait = 366 * 5

/**
 * The times of a schedule of five fields, in UTC: numbers, ranges, lists and steps, as in `0,30 8-18 * * 1-5`.
 *
 * @throws BadInput for anything else
 */
export function cronTimes(times: string): {
  /** The first time after an instant, in milliseconds; undefined if there is none within five years. */
  readonly after: (millis: number) => number | undefined
  /** The last time after `from` and not after `to`. */
  readonly lastBetween: (from: number, to: number) => number | undefined
} {
  const fields = parse(times)
  const after = (millis: number): number | undefined => {
    let at = (Math.floor(millis / minuteMillis) + 1) * minuteMillis
    const end = at + longestWait * 86_400_000
    while (at < end) {
      const date = new Date(at)
      if (!onDay(fields, date)) at = Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate() + 1)
      else if (fields.hour?.has(date.getUTCHours()) === false) at = at - (at % 3_600_000) + 3_600_000
      else if (fields.minute?.has(date.getUTCMinutes()) === false) at += minuteMillis
      else return at
    }
    return undefined
  }
  const lastBetween = (from: number, to: number): number | undefined => {
    let at = Math.floor(to / minuteMillis) * minuteMillis
    while (at > from) {
      const date = new Date(at)
      const dayBegins = Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate())
      if (!onDay(fields, date)) at = dayBegins - minuteMillis
      else if (fields.hour?.has(date.getUTCHours()) === false) at = at - (at % 3_600_000) - minuteMillis
      else if (fields.minute?.has(date.getUTCMinutes()) === false) at -= minuteMillis
      else return at
    }
    return undefined
  }
  return { after, lastBetween }
}

/** Where both the day of the month and the weekday are named, either will do; that is how schedules have always been read. */
function onDay({ day, month, weekday }: Fields, date: Date): boolean {
  if (month?.has(date.getUTCMonth() + 1) === false) return false
  const byDay = day?.has(date.getUTCDate())
  const byWeekday = weekday?.has(date.getUTCDay())
  return byDay === undefined || byWeekday === undefined ? (byDay ?? byWeekday ?? true) : byDay || byWeekday
}

function parse(times: string): Fields {
  const parts = times.trim().split(/\s+/)
  if (parts.length !== 5) throw unreadable(times)
  const [minute, hour, day, month, weekday] = parts.map((part, i) => numbersOf(part, bounds[i]!, times))
  // Sunday is 0 and 7.
  return { minute, hour, day, month, weekday: weekday && new Set([...weekday].map((one) => one % 7)) }
}

function numbersOf(
  part: string,
  [least, most]: readonly [number, number],
  times: string
): ReadonlySet<number> | undefined {
  if (part === "*") return undefined
  const numbers = new Set<number>()
  for (const item of part.split(",")) {
    const [, from, to, step] = /^(?:\*|(\d{1,2})(?:-(\d{1,2}))?)(?:\/(\d{1,2}))?$/.exec(item) ?? []
    const whole = item.startsWith("*")
    const first = whole ? least : Number(from)
    const last = whole || (step !== undefined && to === undefined) ? most : Number(to ?? from)
    const by = Number(step ?? 1)
    if ((!whole && from === undefined) || first < least || last > most || first > last || by < 1)
      throw unreadable(times)
    for (let n = first; n <= last; n += by) numbers.add(n)
  }
  return numbers
}

const unreadable = (times: string): BadInput =>
  new BadInput({
    code: "automation.cron",
    message: `"${times.slice(0, 60)}" names no times.`,
    fix: 'Write minute, hour, day, month and weekday in UTC, such as "0 6 * * 1-5".'
  })
