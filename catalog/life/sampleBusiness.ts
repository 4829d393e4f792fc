import { Effect } from "effect"
import { Buyers } from "../buyer/Buyers.ts"
import { Orders } from "../order/Orders.ts"
import { Catalog } from "../product/Catalog.ts"
import { menuOf } from "../product/menuOf.ts"
import { Quotes } from "../quote/Quotes.ts"
import { Costs } from "../value/Costs.ts"
import { TotalRevenue } from "../value/TotalRevenue.ts"
import { Values } from "../value/Values.ts"

const currency = "CNY"
const source = "演示虚构，非真实公司 · Demo: made up, of no real company"

/** Made-up buyers; the last was not verified, as some never are. */
const buyers = [
  { buyer: "demo-buyer-2", legalEntity: "示例装备集团 (sample)", country: "CN", industry: "C" },
  { buyer: "demo-buyer-3", legalEntity: "示例供应链 (sample)", country: "CN", industry: "F" },
  { buyer: "demo-buyer-4", legalEntity: "示例咨询 (sample)", country: "CN", industry: "L" },
  { buyer: "demo-buyer-5" }
] as const

/** Who bought what: the whole, or the cheapest offer of the menu. */
const sales = [
  ["demo-buyer-2", 0, "whole"],
  ["demo-buyer-2", 1, "whole"],
  ["demo-buyer-3", 1, "whole"],
  ["demo-buyer-3", 2, "cheapest"],
  ["demo-buyer-4", 2, "whole"],
  ["demo-buyer-5", 0, "cheapest"]
] as const

/** People's work on assets, by how many months ago it was done. */
const work = [
  { asset: "core.interaction", minor: 1_100_000, monthsAgo: 9 },
  { asset: "feature.decision_edge", minor: 820_000, monthsAgo: 7 },
  { asset: "feature.buyer_preference", minor: 540_000, monthsAgo: 6 },
  { asset: "feature.digital_maturity", minor: 760_000, monthsAgo: 4 }
] as const

/** Prices of nobody's products, over the product's own list price. */
const comparables = [0.7, 0.95, 1.3]

/**
 * Gives the demo's house some business: buyers, paid orders, costs, comparables and a month of total revenue, all made up and named so, entered
 * through the same services as real ones. A house that has sold anything is left as it is.
 *
 * @param asOf  ISO day of today
 */
export const sampleBusiness = Effect.fn("sampleBusiness")(function* (asOf: string) {
  const listings = yield* Catalog.use((catalog) => catalog.list)
  const orders = yield* Orders
  if (listings.length === 0 || (yield* orders.list()).length > 0) return 0
  const checked = yield* Buyers
  for (const one of buyers) {
    if (!("country" in one)) continue
    yield* checked.verify({ ...one, taxId: null }, { by: "demo-admin-1", evidence: source })
    yield* checked.confirm(one.buyer, "demo-admin-2")
  }
  const quotes = yield* Quotes
  let sold = 0
  for (const [buyer, place, what] of sales) {
    const listing = listings[place % listings.length]!
    const { product, version } = listing
    const cheapest = menuOf(version).offers.find(({ stratum }) => stratum !== null)
    const quote = yield* quotes.create(product, undefined, what === "cheapest" ? cheapest?.id : undefined)
    const order = yield* orders.place({ quote: quote.id, buyer, key: `demo-${sold}` })
    yield* orders.pay(order.id, `demo-payment-${sold}`)
    sold++
  }
  const costs = yield* Costs
  for (const { asset, minor, monthsAgo } of work) {
    yield* costs.add({
      asset,
      amount: { minor, currency },
      phase: "development",
      isCapitalised: true,
      treatment: "intangible",
      lifeMonths: 36,
      at: monthBefore(asOf, monthsAgo),
      note: source
    })
  }
  const values = yield* Values
  for (const { product, price } of listings) {
    yield* values.importComparables(product, {
      source,
      date: asOf,
      comparables: comparables.map((factor, i) => ({
        name: `Sample comparable ${i + 1}`,
        price: `${Math.round((price.minor * factor) / 10_000) * 100}.00 ${price.currency}`
      }))
    })
  }
  const total = { minor: 480_000_000, currency }
  yield* (yield* TotalRevenue).set({ month: asOf.slice(0, 7), total, source, by: "demo-admin-1" })
  return sold
})

const monthBefore = (day: string, months: number): string => {
  const count = Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1 - months
  return `${Math.floor(count / 12)}-${String((count % 12) + 1).padStart(2, "0")}-15`
}
