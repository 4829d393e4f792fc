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
  const values = yield* Values
  const { asOf, products, totals } = yield* values.sideBySide
  const life = yield* Lifecycle
  const catalog = yield* Catalog
  const listings = yield* catalog.all
  const shown = yield* Effect.forEach(
    products.filter(({ product }) => listings.some((listing) => listing.product === product)),
    (value) =>
      Effect.gen(function* () {
        const { title, state } = yield* life.of(value.product)
        const { index, version } = yield* life.assess(value.product)
        const { methods, base, from } = yield* values.appraise(value.product)
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
          openGates: index.gates.filter(({ passed }) => !passed).map(({ id }) => id),
          version,
          methods: methods.map(({ method, value: own, n, weight, evidence }) => ({
            method,
            value: Math.round(own.value),
            figures: n,
            weight,
            sources: [...new Set(evidence.map(({ where }) => where.replace(/#.*$/, "")))]
          })),
          base: base === undefined || from === "nothing" ? null : { value: Math.round(base.value), from },
          market: marketOf(yield* values.comparables(value.product))
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
    over: yield* values.over,
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

const median = (numbers: ReadonlyArray<number>): number => {
  const sorted = [...numbers].sort((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}

/** Comparable sales as the market method takes them, and per GB where they state their size. */
function marketOf(
  found: Effect.Success<ReturnType<Values["Service"]["comparables"]>>
): Portfolio["products"][number]["market"] {
  if (found === undefined) return null
  const comparables = found.comparables.map(({ name, price, coefficients, gigabytes }) => ({
    name,
    price: price.value,
    adjusted: Math.round(coefficients.reduce((product, { value }) => product * value, price.value)),
    gigabytes
  }))
  const sized = comparables.flatMap(({ adjusted, gigabytes }) => (gigabytes === null ? [] : [adjusted / gigabytes]))
  const { source, date, importedAt } = found
  return {
    source,
    date,
    importedAt,
    comparables,
    median: Math.round(median(comparables.map(({ adjusted }) => adjusted))),
    perGigabyte: sized.length === 0 ? null : Math.round(median(sized))
  }
}
