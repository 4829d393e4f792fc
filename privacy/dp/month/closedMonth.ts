import { monthOf } from "#core/time/Period.ts"
import type { Period } from "#core/time/Period.ts"

/** The last calendar month (UTC) that is over on an ISO day: its rows are complete, but for what arrives late. */
export function closedMonth(day: string): Period {
  const first = Date.parse(`${monthOf(day).from}T00:00:00Z`)
  return monthOf(new Date(first - 86_400_000).toISOString())
}
