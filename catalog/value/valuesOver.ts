import type { Db } from "#core/records/Records.ts"
import { bookValue } from "#pricing/value/bookValue.ts"
import { firstListed, listPricesOn } from "../product/listPricesOn.ts"
import type { Listing } from "../product/Catalog.ts"
import { appraisalOn, groundsOf } from "./appraisalOn.ts"

/** The values of one day in one currency, in minor units; null where nothing on record says anything. */
export interface ValuePoint {
  readonly day: string
  readonly currency: string
  readonly book: number | null
  readonly appraised: number | null
  readonly list: number | null
  readonly realised: number | null
  /** What each method alone said. */
  readonly cost: number | null
  readonly income: number | null
  readonly market: number | null
}

const mostPoints = 60
const mostDays = 1096
const dayMillis = 86_400_000

/**
 * The values of the listed products over time. Nothing is stored for it: costs, imported files, versions and payments carry their moments, so
 * each day is worked out again as it was. Costs count from the day that they are dated.
 */
export function valuesOver(db: Db, listings: ReadonlyArray<Listing>, at: string): ReadonlyArray<ValuePoint> {
  const currencies = [...new Set(listings.map(({ version }) => version.currency))].sort()
  return currencies.flatMap((currency) => {
    const own = listings.filter(({ version }) => version.currency === currency)
    const days = daysOf(db, own, at)
    const each = own.map((listing) => pathOf(db, listing, days))
    const sum = (i: number, field: Field): number | null => {
      const known = each.map((path) => path[i]![field]).filter((value) => value !== null)
      return known.length === 0 ? null : Math.round(known.reduce((total, value) => total + value, 0))
    }
    return days.map((day, i) => ({
      day,
      currency,
      book: sum(i, "book"),
      appraised: sum(i, "appraised"),
      list: sum(i, "list"),
      realised: sum(i, "realised"),
      cost: sum(i, "cost"),
      income: sum(i, "income"),
      market: sum(i, "market")
    }))
  })
}

type Field = Exclude<keyof ValuePoint, "day" | "currency">

/** From the first thing on record on, today last. */
function daysOf(db: Db, listings: ReadonlyArray<Listing>, at: string): ReadonlyArray<string> {
  const today = Date.parse(at.slice(0, 10))
  const begins = listings.flatMap(({ product, version }) => [
    ...groundsOf(db, product, version.currency).costs.map((cost) => cost.at.slice(0, 10)),
    firstListed(db, product) ?? at.slice(0, 10)
  ])
  const first = Math.max(today - mostDays * dayMillis, Math.min(today, ...begins.map((day) => Date.parse(day))))
  const span = Math.round((today - first) / dayMillis)
  const steps = Math.min(span, mostPoints - 1)
  return Array.from({ length: steps + 1 }, (_, i) =>
    new Date(first + Math.round((span * i) / Math.max(1, steps)) * dayMillis).toISOString().slice(0, 10)
  )
}

function pathOf(db: Db, { product, version }: Listing, days: ReadonlyArray<string>) {
  const grounds = groundsOf(db, product, version.currency)
  const prices = new Map(listPricesOn(db, product, days).map(({ day, fen }) => [day, fen]))
  const payments = db.all<{ day: string; minor: number }>(
    `select substr(o.paid_at, 1, 10) as day, sum(o.price_minor) as minor
     from buyer_order o join product_version v on v.id = o.version_id
     where v.product = $product and o.currency = $currency and o.paid_at is not null group by 1 order by 1`,
    { product, currency: version.currency }
  )
  return days.map((day): { readonly [K in Field]: number | null } => {
    const { methods, blend } = appraisalOn(grounds, version.policy.base, day)
    const by = (name: "cost" | "income" | "market"): number | null =>
      methods.find(({ method }) => method === name)?.value.value ?? null
    const known = grounds.costs.filter((cost) => cost.at.slice(0, 10) <= day)
    const list = prices.get(day) ?? null
    return {
      book: known.length === 0 ? null : bookValue(known, day).book.value,
      appraised: blend?.value ?? null,
      list,
      realised:
        list === null ? null : payments.reduce((total, paid) => (paid.day <= day ? total + paid.minor : total), 0),
      cost: by("cost"),
      income: by("income"),
      market: by("market")
    }
  })
}
