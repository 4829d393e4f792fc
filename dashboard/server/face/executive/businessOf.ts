import { DateTime, Effect } from "effect"
import { forecast } from "#pricing/dynamics/forecast.ts"
import { forecastRevenue } from "#pricing/dynamics/forecastRevenue.ts"
import { readDays } from "#pricing/ttl/readDays.ts"
import { Benefits } from "#catalog/benefit/Benefits.ts"
import { Buyers } from "#catalog/buyer/Buyers.ts"
import { Ledger } from "#catalog/ledger/Ledger.ts"
import type { BuyerRevenue } from "#catalog/ledger/Ledger.ts"
import type { Order } from "#catalog/order/Order.ts"
import { Orders } from "#catalog/order/Orders.ts"
import { Catalog } from "#catalog/product/Catalog.ts"
import type { Listing } from "#catalog/product/Catalog.ts"
import { RevenueShares } from "#catalog/share/RevenueShares.ts"
import { Values } from "#catalog/value/Values.ts"
import type { Stewardship } from "#catalog/value/stewardshipOf.ts"
import type { Business } from "../../../api/executive/Business.ts"

type InCurrency = Business["currencies"][number]

const aheadDays = 90
const usualDays = 31
const dayMillis = 86_400_000

/** What data earned and cost. */
export const businessOf = Effect.fn("businessOf")(function* () {
  const asOf = DateTime.formatIso(yield* DateTime.now)
  const listings = yield* Catalog.use((catalog) => catalog.sold)
  const sales = yield* Ledger.use((ledger) => ledger.sales)
  const orders = (yield* Orders.use((own) => own.list())).filter(({ paidAt }) => paidAt !== null)
  const verified = new Map((yield* Buyers.use((buyers) => buyers.list)).map((buyer) => [buyer.buyer, buyer]))
  const stewardship = yield* Values.use((values) => values.stewardship)
  const given = yield* givenAway()
  const currencies = [
    ...new Set([...listings.map(({ price }) => price.currency), ...sales.map(({ currency }) => currency)])
  ].sort()
  return {
    asOf,
    currencies: currencies.map((currency): InCurrency => {
      const own = sales.filter((sale) => sale.currency === currency)
      const paid = orders.filter(({ price }) => price.currency === currency)
      const revenue = sum(own)
      const buyers = [...Map.groupBy(own, ({ buyer }) => buyer ?? "")]
        .map(([buyer, parts]) => ({
          buyer,
          entity: verified.get(buyer)?.legalEntity ?? null,
          country: verified.get(buyer)?.country ?? null,
          industry: verified.get(buyer)?.industry ?? null,
          revenue: sum(parts),
          orders: paid.filter((order) => order.buyer === buyer).length
        }))
        .sort((a, b) => b.revenue - a.revenue)
      const offered = listings.filter(({ price }) => price.currency === currency)
      return {
        currency,
        revenue,
        orders: paid.length,
        hasSamples: buyers.some(({ buyer }) => buyer.startsWith("demo-")),
        months: [...Map.groupBy(own, ({ month }) => month)]
          .map(([month, parts]) => ({
            month,
            revenue: sum(parts),
            products: [...Map.groupBy(parts, ({ product }) => product)].map(([id, ofProduct]) => ({
              id,
              revenue: sum(ofProduct)
            }))
          }))
          .sort((a, b) => (a.month < b.month ? -1 : 1)),
        buyers,
        concentration: concentrationOf(buyers.map((one) => Math.max(0, one.revenue))),
        products: offered.map((listing) =>
          productOf(listing, own, paid, stewardship, given.get(`${listing.product} ${currency}`) ?? 0)
        ),
        outlook: outlookOf(offered, paid, sum(own), asOf)
      }
    })
  } satisfies Business as Business
})

const sum = (sales: ReadonlyArray<BuyerRevenue>): number => sales.reduce((total, { minor }) => total + minor, 0)

/** What went to subjects and parties, by product and currency: as booked, and of months that are not booked what subjects earned. */
const givenAway = Effect.fnUntraced(function* () {
  const bookings = yield* RevenueShares.use((shares) => shares.booked)
  const owed = yield* Benefits.use((benefits) => benefits.owed())
  const given = new Map<string, number>()
  const add = (key: string, minor: number): unknown => given.set(key, (given.get(key) ?? 0) + minor)
  for (const { product, currency, pool, parts } of bookings)
    add(`${product} ${currency}`, pool + parts.reduce((total, { minor }) => total + minor, 0))
  const closed = new Set(bookings.map(({ product, month, currency }) => `${product} ${month} ${currency}`))
  for (const { product, month, total } of owed) {
    if (!closed.has(`${product} ${month} ${total.currency}`)) add(`${product} ${total.currency}`, total.minor)
  }
  return given
})

function concentrationOf(revenues: ReadonlyArray<number>): InCurrency["concentration"] {
  const total = revenues.reduce((all, one) => all + one, 0)
  if (total === 0) return null
  const shares = revenues.map((one) => one / total).sort((a, b) => b - a)
  return {
    hhi: 10_000 * shares.reduce((all, share) => all + share * share, 0),
    largest: shares[0]!,
    three: shares.slice(0, 3).reduce((all, share) => all + share, 0)
  }
}

function productOf(
  { product, version }: Listing,
  sales: ReadonlyArray<BuyerRevenue>,
  paid: ReadonlyArray<Order>,
  stewardship: ReadonlyArray<Stewardship>,
  given: number
): InCurrency["products"][number] {
  const revenue = sum(sales.filter((sale) => sale.product === product))
  const { entered, machine, seconds, assets } = stewardship.find((one) => one.product === product) ?? {
    entered: 0,
    machine: 0,
    seconds: 0,
    assets: []
  }
  const cost = entered + machine
  return {
    id: product,
    title: version.offering.title,
    revenue,
    orders: paid.filter((order) => order.product === product).length,
    entered,
    machine,
    given,
    margin: revenue - cost - given,
    back: cost > 0 ? (revenue - given) / cost : null,
    seconds,
    assets
  }
}

/** The list prices ahead, and the revenue that the orders so far let one expect of them. */
function outlookOf(
  listings: ReadonlyArray<Listing>,
  paid: ReadonlyArray<Order>,
  revenue: number,
  asOf: string
): InCurrency["outlook"] {
  const today = asOf.slice(0, 10)
  const paths = listings
    .filter(({ market }) => market?.state !== "retired")
    .map(({ inputs, version }) => ({
      aging: forecast(inputs, today, { days: aheadDays }),
      refreshed: forecast(inputs, today, {
        days: aheadDays,
        everyDays: readDays(version.offering.scenario.freshness ?? "") ?? usualDays
      })
    }))
  const prices = Array.from({ length: paths.length === 0 ? 0 : aheadDays + 1 }, (_, n) => ({
    day: paths[0]!.aging[n]!.day,
    aging: paths.reduce((total, { aging }) => total + aging[n]!.fen, 0),
    refreshed: paths.reduce((total, { refreshed }) => total + refreshed[n]!.fen, 0)
  }))
  const first = Math.min(
    ...listings.map(({ version }) => Date.parse(version.listedAt)),
    ...paid.map(({ orderedAt }) => Date.parse(orderedAt))
  )
  const days = Number.isFinite(first) ? Math.max(0, Math.floor((Date.parse(asOf) - first) / dayMillis)) : 0
  const path = prices.map(({ day, refreshed }) => ({ day, fen: refreshed, demand: 1 }))
  const net = { orders: paid.length, revenue, days, path }
  return { days, orders: paid.length, revenue: forecastRevenue(net) ?? null, prices }
}
