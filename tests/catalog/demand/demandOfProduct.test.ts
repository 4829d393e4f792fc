import { describe, expect, it } from "@effect/vitest"
import { Effect } from "effect"
import { TestClock } from "effect/testing"
import { Orders } from "#catalog/order/Orders.ts"
import { Catalog } from "#catalog/product/Catalog.ts"
import { Quotes } from "#catalog/quote/Quotes.ts"
import { Scenarios } from "#catalog/scenario/Scenarios.ts"
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
const demand = Effect.map(
  Catalog.use((catalog) => catalog.show(product)),
  ({ inputs }) => inputs.demand
)

/** A buyer who declares that the product fits wholly, or not at all, and orders it. */
const order = Effect.fnUntraced(function* (buyer: string, isFitting: boolean, isVerified = true) {
  const required = [isFitting ? "state" : "shoe_size"]
  yield* (yield* Scenarios).declare({ scenario: `of_${buyer}`, buyer, purpose: "dpv:MarketResearch", required })
  const quote = yield* (yield* Quotes).create(product)
  yield* (yield* Orders).place({ quote: quote.id, buyer, key: buyer })
  if (!isVerified) return
  yield* (yield* Records).write((db) =>
    db.run("insert into verified_buyer values ($buyer, 'Acme Ltd', 'CN', $at)", { buyer, at: listedAt })
  )
})
const orderAll = (n: number, isFitting: boolean, isVerified = true) =>
  Effect.forEach(
    Array.from({ length: n }, (_, i) => `b${i}`),
    (buyer) => order(buyer, isFitting, isVerified)
  )

describe("demandOfProduct", () => {
  it.effect("moves a price by at most 5 % a day once ten verified buyers have ordered, never within the day", () =>
    Effect.gen(function* () {
      yield* start
      const before = (yield* (yield* Catalog).show(product)).price.minor
      yield* orderAll(10, true)
      expect((yield* demand).value).toBe(1)
      expect((yield* (yield* Catalog).show(product)).price.minor).toBe(before)
      yield* TestClock.adjust("1 day")
      expect((yield* demand).value).toBeCloseTo(1.05, 12)
      yield* TestClock.adjust("30 days")
      expect((yield* demand).value).toBeCloseTo(1.3, 12)
    }).pipe(Effect.provide(catalogLayer))
  )

  it.effect("listens to no one who is not verified, and to nobody below ten", () =>
    Effect.gen(function* () {
      yield* start
      yield* orderAll(9, false)
      yield* order("stranger", false, false)
      yield* TestClock.adjust("20 days")
      expect((yield* demand).value).toBe(1)
    }).pipe(Effect.provide(catalogLayer))
  )

  it.effect("keeps a vote as it was cast: declaring anew buys no discount", () =>
    Effect.gen(function* () {
      yield* start
      yield* orderAll(10, true)
      yield* TestClock.adjust("20 days")
      const kept = (yield* demand).value
      for (let i = 0; i < 10; i++) {
        const anew = { scenario: `of_b${i}`, buyer: `b${i}`, purpose: "dpv:MarketResearch", required: ["shoe_size"] }
        yield* (yield* Scenarios).declare(anew)
      }
      yield* TestClock.adjust("1 day")
      expect((yield* demand).value).toBe(kept)
    }).pipe(Effect.provide(catalogLayer))
  )

  it.effect("keeps the price of an open quote and the whole history", () =>
    Effect.gen(function* () {
      yield* start
      const quotes = yield* Quotes
      const open = yield* quotes.create(product)
      const first = yield* (yield* Catalog).history(product)
      expect(first).toEqual([{ day: "2026-11-12", fen: open.price.minor, demand: 1 }])
      yield* orderAll(10, true)
      yield* TestClock.adjust("40 days")
      expect((yield* quotes.get(open.id)).price).toEqual(open.price)
      const history = yield* (yield* Catalog).history(product)
      expect(history.length).toBe(41)
      expect(history[0]).toEqual(first[0])
      expect(history.at(-1)!.fen).toBe((yield* (yield* Catalog).show(product)).price.minor)
      expect(yield* Effect.flip(Catalog.use((catalog) => catalog.history("nothing")))).toMatchObject({
        code: "product.unknown"
      })
    }).pipe(Effect.provide(catalogLayer))
  )
})

describe("the half-life of a product", () => {
  it.effect("is as declared until 200 deliveries show another", () =>
    Effect.gen(function* () {
      yield* start
      const catalog = yield* Catalog
      expect(yield* catalog.halfLife(product)).toMatchObject({ from: "too-few-events", events: 0, days: { value: 30 } })
      yield* order("acme", true)
      const { id } = (yield* (yield* Orders).list())[0]!
      // Deliveries halve every ten days beyond the grace of one day.
      yield* (yield* Records).write((db) => {
        let n = 0
        for (let age = 1; age <= 60; age++) {
          const at = new Date(Date.parse("2026-11-12T00:00:00Z") + age * 86_400_000).toISOString()
          for (let k = 0; k < Math.round(100 * 2 ** (-(age - 1) / 10)); k++)
            db.run("insert into delivery values ($id, $order, 'csv', 'x', 1, $at)", { id: `d${n++}`, order: id, at })
        }
      })
      yield* TestClock.adjust("60 days")
      const shown = yield* catalog.halfLife(product)
      expect(shown.from).toBe("usage")
      expect(shown.days.value).toBeGreaterThan(9)
      expect(shown.days.value).toBeLessThan(11)
    }).pipe(Effect.provide(catalogLayer))
  )
})
