import { describe, expect, it } from "@effect/vitest"
import { Effect } from "effect"
import { TestClock } from "effect/testing"
import { Orders } from "#catalog/order/Orders.ts"
import { Quotes } from "#catalog/quote/Quotes.ts"
import { Costs } from "#catalog/value/Costs.ts"
import { TotalRevenue } from "#catalog/value/TotalRevenue.ts"
import { Values } from "#catalog/value/Values.ts"
import { Records } from "#core/records/Records.ts"
import { catalogLayer } from "../catalogLayer.ts"
import { shelveOffers } from "../offerVersion.ts"
import { listedAt } from "../sampleVersion.ts"

const cost = {
  asset: "core.order",
  amount: { minor: 360_000, currency: "CNY" },
  phase: "development",
  isCapitalised: true,
  treatment: "intangible",
  lifeMonths: 36,
  at: "2026-08-01",
  note: "conforming"
} as const

describe("Costs", () => {
  it.effect("amortises what is on the books by the month and shows it as the product's", () =>
    Effect.gen(function* () {
      yield* TestClock.setTime(Date.parse(listedAt))
      yield* shelveOffers()
      const costs = yield* Costs
      yield* costs.add(cost)
      yield* costs.add({ ...cost, phase: "research", amount: { minor: 1000, currency: "CNY" } })
      expect(yield* costs.book).toEqual([
        { asset: "core.order", currency: "CNY", cost: 360_000, amortised: 30_000, expensed: 1000, book: 330_000 }
      ])
      expect((yield* (yield* Values).sideBySide).products).toMatchObject([{ book: 330_000 }])
      // A mistake is taken back by its negative.
      yield* costs.add({ ...cost, amount: { minor: -360_000, currency: "CNY" } })
      expect(yield* costs.book).toMatchObject([{ cost: 0, amortised: 0, book: 0 }])
      expect(yield* costs.list("core.order")).toHaveLength(3)
    }).pipe(Effect.provide(catalogLayer))
  )

  it.effect("books measured seconds and bytes of a month once, in parts that sum to the whole", () =>
    Effect.gen(function* () {
      yield* TestClock.setTime(Date.parse(listedAt))
      yield* shelveOffers()
      yield* (yield* Records).write((db) => {
        db.run(
          "create table if not exists run_event (seq integer primary key, run text, at text, type text, asset text, details text)"
        )
        for (const [asset, millis] of [
          ["raw.a", 1000],
          ["core.order", 5_000_000],
          ["core.order", 2_000_000]
        ] as const)
          db.run(
            "insert into run_event (run, at, type, asset, details) values ('r', '2026-11-03T00:00:00Z', 'materialized', $asset, $details)",
            {
              asset,
              details: JSON.stringify({ millis })
            }
          )
      })
      const costs = yield* Costs
      const rates = { hour: { minor: 333, currency: "CNY" }, gigabyteMonth: { minor: 20, currency: "CNY" } }
      expect(yield* Effect.flip(costs.measure("2026-11", rates))).toMatchObject({ code: "month.open" })
      yield* TestClock.adjust("30 days")
      const measured = yield* costs.measure("2026-11", rates)
      const cpu = measured.filter(({ kind }) => kind === "cpu")
      expect(cpu.map(({ asset, quantity }) => [asset, quantity])).toEqual([
        ["core.order", 7000],
        ["raw.a", 1]
      ])
      expect(cpu.reduce((sum, { amount }) => sum + amount.minor, 0)).toBe(Math.ceil((7001 / 3600) * 333))
      expect(measured.filter(({ kind }) => kind === "storage")).toMatchObject([{ asset: "release.orders_by_state" }])
      expect(yield* costs.measure("2026-11", { ...rates, hour: { minor: 999, currency: "CNY" } })).toEqual(measured)
    }).pipe(Effect.provide(catalogLayer))
  )

  it.effect("refuses costs of no asset, of nothing, and on the books without a life", () =>
    Effect.gen(function* () {
      const costs = yield* Costs
      const codeOf = (change: object) =>
        Effect.map(Effect.flip(costs.add({ ...cost, ...change })), (error) => error.code)
      expect(yield* codeOf({ asset: "orders; drop" })).toBe("cost.asset")
      expect(yield* codeOf({ amount: { minor: 0, currency: "CNY" } })).toBe("cost.amount")
      expect(yield* codeOf({ lifeMonths: 0 })).toBe("cost.months")
      expect(yield* codeOf({ phase: "luck" })).toBe("cost.phase")
      expect(yield* codeOf({ at: "2026-13-01" })).toBe("cost.at")
      expect(yield* costs.list()).toEqual([])
    }).pipe(Effect.provide(catalogLayer))
  )
})

describe("TotalRevenue", () => {
  it.effect("shows the share of data that the ledger knows in what was entered with its source", () =>
    Effect.gen(function* () {
      yield* TestClock.setTime(Date.parse(listedAt))
      const { product } = yield* shelveOffers()
      const quote = yield* (yield* Quotes).create(product)
      const order = yield* (yield* Orders).place({ quote: quote.id, buyer: "Acme", key: "k" })
      yield* (yield* Orders).pay(order.id, "p")
      const total = yield* TotalRevenue
      const entered = yield* total.set({
        month: "2026-11",
        total: { minor: 4 * order.price.minor, currency: "CNY" },
        source: "general ledger, November",
        by: "Ann"
      })
      expect(entered).toMatchObject({ data: order.price, share: 0.25, source: "general ledger, November" })
      expect(yield* total.importCsv("month,total\n2026-10,100.00 CNY\n2026-11,0.00 CNY\n", "erp.csv", "Ben")).toBe(2)
      expect(yield* total.list).toMatchObject([
        { month: "2026-11", source: "erp.csv", share: null },
        { month: "2026-10", share: 0, by: "Ben" }
      ])
      const before = yield* total.list
      for (const text of [
        "",
        "month,total\n",
        "a,b\n2026-10,1.00 CNY",
        "month,total\n2026-10,1.00 CNY\n2026-99,1.00 CNY",
        "month,total\n2026-10,one"
      ])
        expect(yield* Effect.flip(total.importCsv(text, "x", "Ann"))).toMatchObject({ _tag: "BadInput" })
      expect(yield* total.list).toEqual(before)
    }).pipe(Effect.provide(catalogLayer))
  )
})
