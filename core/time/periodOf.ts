import { monthOf } from "./Period.ts"
import type { Period } from "./Period.ts"

/**
 * The release period that holds an ISO day, for a product that is made anew every `everyDays` days: a month (up to 31 days), a quarter
 * (up to 92) or a year.
 */
export function periodOf(iso: string, everyDays: number): Period & { readonly days: number } {
  const month = monthOf(iso)
  if (everyDays <= 31) return { ...month, days: 365.25 / 12 }
  const year = Number(month.id.slice(0, 4))
  if (everyDays > 92) return { id: String(year), from: `${year}-01-01`, to: `${year + 1}-01-01`, days: 365.25 }
  const quarter = Math.ceil(Number(month.id.slice(5)) / 3)
  const first = monthOf(`${year}-${String(quarter * 3 - 2).padStart(2, "0")}`)
  const last = monthOf(`${year}-${String(quarter * 3).padStart(2, "0")}`)
  return { id: `${year}-Q${quarter}`, from: first.from, to: last.to, days: 365.25 / 4 }
}
