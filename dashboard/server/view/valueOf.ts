import type { Order } from "#catalog/order/Order.ts"
import type { Listing } from "#catalog/product/Catalog.ts"
import type { Budget } from "../../api/Budget.ts"
import type { Price } from "../../api/Price.ts"
import type { Value } from "../../api/Value.ts"
import { freshnessOf } from "./freshnessOf.ts"

/** List prices, orders and payments side by side, each currency and each meaning for itself. */
export function valueOf(
  listings: ReadonlyArray<Listing>,
  orders: ReadonlyArray<Order>,
  budget: Budget,
  asOf: string
): Value {
  const { cap, spent, left, runsOut, charges } = budget
  const currencies = [...new Set([...listings, ...orders].map(({ price }) => price.currency))]
  return {
    asOf,
    totals: currencies.map((currency) => ({
      listed: sumOf(listings, currency),
      ordered: sumOf(orders, currency),
      paid: sumOf(orders.filter(isPaid), currency),
      revenue: revenueOf(orders, currency)
    })),
    orders: orders.length,
    products: listings.map((listing) => {
      const { product, version, price, depth } = listing
      const sold = orders.filter((order) => order.product === product)
      return {
        id: product,
        title: version.offering.title,
        price,
        ordered: sumOf(sold, price.currency),
        paid: sumOf(sold.filter(isPaid), price.currency),
        orders: sold.length,
        freshness: freshnessOf(listing),
        depth,
        rho: charges.reduce((sum, charge) => (charge.product === product ? sum + charge.rho : sum), 0)
      }
    }),
    budget: { cap, spent, left, runsOut }
  }
}

const isPaid = (order: Order): boolean => order.paidAt !== null

const sumOf = (priced: ReadonlyArray<{ readonly price: Price }>, currency: string): Price => ({
  minor: priced.reduce((sum, { price }) => (price.currency === currency ? sum + price.minor : sum), 0),
  currency
})

function revenueOf(orders: ReadonlyArray<Order>, currency: string): Value["totals"][number]["revenue"] {
  const byDay = new Map<string, number>()
  for (const { paidAt, price } of orders) {
    if (paidAt === null || price.currency !== currency) continue
    const day = paidAt.slice(0, 10)
    byDay.set(day, (byDay.get(day) ?? 0) + price.minor)
  }
  let minor = 0
  return [...byDay].sort().map(([day, paid]) => {
    minor += paid
    return { day, paid: { minor, currency } }
  })
}
