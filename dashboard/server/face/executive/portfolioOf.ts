import { DateTime, Effect } from "effect"
import { Budget } from "#privacy/budget/Budget.ts"
import { Drills } from "#catalog/backup/Drills.ts"
import { Lifecycle } from "#catalog/life/Lifecycle.ts"
import { Orders } from "#catalog/order/Orders.ts"
import { Catalog } from "#catalog/product/Catalog.ts"
import { TotalRevenue } from "#catalog/value/TotalRevenue.ts"
import { Values } from "#catalog/value/Values.ts"
import type { Portfolio } from "../../../api/executive/Portfolio.ts"
import { budgetOf } from "../../view/budgetOf.ts"

/** What the data is worth, what it earns, and what is at risk. */
export const portfolioOf = Effect.fn("portfolioOf")(function* () {
  const { asOf, products, totals } = yield* (yield* Values).sideBySide
  const life = yield* Lifecycle
  const catalog = yield* Catalog
  const listings = yield* catalog.all
  const shown = yield* Effect.forEach(
    products.filter(({ product }) => listings.some((listing) => listing.product === product)),
    (value) =>
      Effect.gen(function* () {
        const { title, state } = yield* life.of(value.product)
        const { index } = yield* life.assess(value.product)
        return {
          id: value.product,
          title,
          state,
          currency: value.currency,
          book: value.book,
          appraised: value.appraised,
          list: value.list,
          realised: value.realised,
          perGigabyte: value.perGigabyte,
          index: index.index,
          timeliness: listings.find(({ product }) => product === value.product)!.timeliness,
          openGates: index.gates.filter(({ passed }) => !passed).map(({ id }) => id)
        }
      })
  )
  const budget = yield* Budget
  const today = DateTime.formatIso(yield* DateTime.now).slice(0, 10)
  const spent = budgetOf(yield* budget.spent, yield* budget.ledger, yield* catalog.list, today)
  const paid = new Map<string, { buyer: string; paid: number; currency: string }>()
  for (const { buyer, price, paidAt } of yield* (yield* Orders).list()) {
    if (paidAt === null) continue
    const key = `${buyer} ${price.currency}`
    const before = paid.get(key)?.paid ?? 0
    paid.set(key, { buyer, paid: before + price.minor, currency: price.currency })
  }
  const [drill] = yield* (yield* Drills).list
  return {
    asOf,
    totals,
    products: shown,
    dataShare: (yield* (yield* TotalRevenue).list).toReversed().map(({ month, total, data, share, source }) => ({
      month,
      currency: total.currency,
      total: total.minor,
      data: data.minor,
      share,
      source
    })),
    buyers: [...paid.values()].sort((a, b) => b.paid - a.paid),
    budget: { leftShare: spent.left.rho / spent.cap.rho, runsOut: spent.runsOut },
    drill: drill === undefined ? null : { at: drill.at, sound: drill.sound }
  } satisfies Portfolio as Portfolio
})
