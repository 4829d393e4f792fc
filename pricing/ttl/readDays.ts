const form = /^(\d+(?:\.\d+)?) ?(day|week|month|year)s?$/
const length: Readonly<Record<string, number>> = { day: 1, week: 7, month: 365.25 / 12, year: 365.25 }

/**
 * Reads a duration as product files write it: `30 days`, `1 day`, `2 weeks`, `12 months`, `1.5 years`.
 *
 * @returns  days, months and years at their mean Gregorian length; undefined if the text is not a duration
 */
export function readDays(text: string): number | undefined {
  const match = form.exec(text.trim())
  return match === null ? undefined : Number(match[1]) * length[match[2]!]!
}
