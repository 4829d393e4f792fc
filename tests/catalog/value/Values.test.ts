import { describe, expect, it } from "@effect/vitest"
import { Effect } from "effect"
import { TestClock } from "effect/testing"
import { Orders } from "#catalog/order/Orders.ts"
import { Catalog } from "#catalog/product/Catalog.ts"
import { Quotes } from "#catalog/quote/Quotes.ts"
import { Values } from "#catalog/value/Values.ts"
import { Records } from "#core/records/Records.ts"
import { catalogLayer } from "../catalogLayer.ts"
import { listVersion } from "../listVersion.ts"
import { listedAt, sampleVersion } from "../sampleVersion.ts"

const product = "orders_by_state"
const start = Effect.gen(function* () {
  yield* TestClock.setTime(Date.parse(listedAt))
  const catalog = yield* Catalog
  yield* (yield* Records).write((db) => listVersion(db, catalog, sampleVersion()))
})
const cost = {
  product,
  phase: "development",
  isCapitalised: true,
  treatment: "intangible",
  lifeMonths: 24,
  at: "2026-05-01"
} as const
const comparables = (price: string) => ({ source: "exchange", date: "2026-10-01", comparables: [{ name: "a", price }] })

describe("Values", () => {
  it.effect("shows what nobody recorded as unknown, not as nothing", () =>
    Effect.gen(function* () {
      yield* start
      const { products, totals } = yield* (yield* Values).sideBySide
      expect(products).toEqual([
        { product, currency: "CNY", book: null, appraised: null, list: 1_200_000, realised: 0, perGigabyte: null }
      ])
      expect(totals).toMatchObject([{ withoutBook: 1, withoutAppraisal: 1, list: 1_200_000 }])
      expect(yield* (yield* Values).appraise(product)).toMatchObject({
        from: "product-file",
        methods: [],
        currency: "CNY"
      })
    }).pipe(Effect.provide(catalogLayer))
  )

  it.effect("sets book, appraised, list and realised side by side, and realised is what was paid", () =>
    Effect.gen(function* () {
      yield* start
      const [values, orders] = [yield* Values, yield* Orders]
      yield* values.addCost({ ...cost, amount: { minor: 240_000, currency: "CNY" } })
      yield* values.importComparables(product, comparables("20000.00 CNY"))
      const years = [{ benefit: "30000.00 CNY" }]
      yield* values.importIncome(product, {
        source: "plan",
        date: "2026-10-01",
        share: 0.5,
        rate: 0,
        licences: 3,
        years
      })
      const quote = yield* (yield* Quotes).create(product)
      const order = yield* orders.place({ quote: quote.id, buyer: "acme", key: "k" })
      yield* orders.place({ quote: quote.id, buyer: "other", key: "k" })
      yield* orders.pay(order.id, "p")
      const { products } = yield* values.sideBySide
      // Six of 24 months are written off; the blend weighs cost 264,000 by 1/5, income 500,000 by 1/4, market 2,000,000 by 1/6.
      const blend = Math.round((264_000 / 5 + 500_000 / 4 + 2_000_000 / 6) / (1 / 5 + 1 / 4 + 1 / 6))
      expect(products).toMatchObject([{ book: 180_000, appraised: blend, list: 1_200_000, realised: 1_200_000 }])
      const appraisal = yield* values.appraise(product)
      expect(appraisal.methods.map(({ method }) => method)).toEqual(["cost", "income", "market"])
      expect(appraisal.base).toMatchObject({ value: 1_200_000, where: "product:orders_by_state#price.base" })
    }).pipe(Effect.provide(catalogLayer))
  )

  it.effect("refuses amounts in another currency", () =>
    Effect.gen(function* () {
      yield* start
      const values = yield* Values
      const error = yield* Effect.flip(values.importComparables(product, comparables("20000.00 USD")))
      expect(error).toMatchObject({ _tag: "BadInput", code: "value.currency" })
      const years = [{ benefit: "1.00 USD" }]
      const income = { source: "plan", date: "2026-10-01", share: 1, rate: 0, licences: 1, years }
      expect(yield* Effect.flip(values.importIncome(product, income))).toMatchObject({ code: "value.currency" })
      const mixed = { ...income, years: [...years, { benefit: "1.00 CNY" }] }
      expect(yield* Effect.flip(values.importIncome(product, mixed))).toMatchObject({ code: "income.benefit" })
      const foreign = { ...cost, amount: { minor: 1, currency: "USD" } }
      expect(yield* Effect.flip(values.addCost(foreign))).toMatchObject({ code: "value.currency" })
    }).pipe(Effect.provide(catalogLayer))
  )

  it.effect("works the values of every day so far out again from what was on record by then", () =>
    Effect.gen(function* () {
      yield* start
      const [values, orders] = [yield* Values, yield* Orders]
      yield* values.addCost({ ...cost, amount: { minor: 240_000, currency: "CNY" } })
      const quote = yield* (yield* Quotes).create(product)
      const order = yield* orders.place({ quote: quote.id, buyer: "acme", key: "k" })
      yield* TestClock.adjust("10 days")
      yield* values.importComparables(product, comparables("20000.00 CNY"))
      yield* orders.pay(order.id, "p")
      yield* TestClock.adjust("30 days")
      const points = yield* values.over
      expect(points.length).toBe(60)
      expect(points[0]).toMatchObject({ day: cost.at, book: 240_000, list: null, realised: null, market: null })
      const paidOn = new Date(Date.parse(listedAt) + 10 * 86_400_000).toISOString().slice(0, 10)
      for (const { day, list, realised, market } of points) {
        expect([day, list === null]).toEqual([day, day < listedAt.slice(0, 10)])
        expect([day, realised]).toEqual([day, list === null ? null : day < paidOn ? 0 : 1_200_000])
        expect([day, market]).toEqual([day, day < paidOn ? null : 2_000_000])
      }
      const [now] = (yield* values.sideBySide).products
      const { book, appraised, list, realised } = points.at(-1)!
      expect({ book, appraised, list, realised }).toEqual({
        book: now!.book,
        appraised: now!.appraised,
        list: now!.list,
        realised: now!.realised
      })
    }).pipe(Effect.provide(catalogLayer))
  )
})
