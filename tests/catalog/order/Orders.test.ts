import { describe, expect, it } from "@effect/vitest"
import { Effect } from "effect"
import { TestClock } from "effect/testing"
import { stateAfter } from "#catalog/order/Order.ts"
import { Orders } from "#catalog/order/Orders.ts"
import { Catalog } from "#catalog/product/Catalog.ts"
import { Quotes } from "#catalog/quote/Quotes.ts"
import { Log } from "#core/log/Log.ts"
import { Records } from "#core/records/Records.ts"
import { catalogLayer } from "../catalogLayer.ts"
import { listVersion } from "../listVersion.ts"
import { listedAt, sampleVersion } from "../sampleVersion.ts"

const openQuote = Effect.gen(function* () {
  yield* TestClock.setTime(Date.parse(listedAt))
  const catalog = yield* Catalog
  const records = yield* Records
  yield* records.write((db) => listVersion(db, catalog, sampleVersion()))
  return yield* (yield* Quotes).create("orders_by_state")
})
const entries = Effect.gen(function* () {
  return (yield* (yield* Log).drain).size
})

describe("Orders", () => {
  it.effect("orders a quote at its price, and notes the payment", () =>
    Effect.gen(function* () {
      const quote = yield* openQuote
      const orders = yield* Orders
      const order = yield* orders.place({ quote: quote.id, buyer: "Acme 有限公司", key: "k1" })
      expect(order).toMatchObject({
        quote: quote.id,
        product: "orders_by_state",
        version: "2026-11.1",
        buyer: "Acme 有限公司",
        price: quote.price,
        state: "ordered",
        paidAt: null
      })
      yield* TestClock.adjust("1 hour")
      const paid = yield* orders.pay(order.id, "p1")
      expect(paid).toMatchObject({ state: "paid", paidAt: "2026-11-12T09:30:00.000Z" })
      expect(yield* orders.get(order.id)).toEqual(paid)
    }).pipe(Effect.provide(catalogLayer))
  )

  it.effect("refuses a quote in another currency than its product is sold in", () =>
    Effect.gen(function* () {
      const quote = yield* openQuote
      yield* (yield* Records).write((db) => db.run("update product set currency = 'USD'"))
      const error = yield* Effect.flip((yield* Orders).place({ quote: quote.id, buyer: "Acme", key: "k1" }))
      expect(error).toMatchObject({ _tag: "BadInput", code: "quote.currency" })
      expect(error.fix).toContain("USD")
    }).pipe(Effect.provide(catalogLayer))
  )

  it.effect("places one order for one key and charges once for one key", () =>
    Effect.gen(function* () {
      const quote = yield* openQuote
      const orders = yield* Orders
      const placement = { quote: quote.id, buyer: "Acme", key: "k1" }
      const order = yield* orders.place(placement)
      expect(yield* orders.place(placement)).toEqual(order)
      const paid = yield* orders.pay(order.id, "p1")
      const logged = yield* entries
      yield* TestClock.adjust("1 hour")
      expect(yield* orders.pay(order.id, "p1")).toEqual(paid)
      // Placing again by the same key after payment and after expiry is still the same order.
      yield* TestClock.adjust("2 days")
      expect(yield* orders.place(placement)).toEqual(paid)
      expect(yield* orders.list()).toEqual([paid])
      expect(yield* entries).toBe(logged)
    }).pipe(Effect.provide(catalogLayer))
  )

  it.effect("refuses a second payment under another key, and a key that was used for something else", () =>
    Effect.gen(function* () {
      const quote = yield* openQuote
      const again = yield* (yield* Quotes).create("orders_by_state")
      const orders = yield* Orders
      const first = yield* orders.place({ quote: quote.id, buyer: "Acme", key: "k1" })
      const second = yield* orders.place({ quote: again.id, buyer: "Acme", key: "k2" })
      yield* orders.pay(first.id, "p1")
      expect(yield* Effect.flip(orders.pay(first.id, "p2"))).toMatchObject({ _tag: "Refused", code: "order.paid" })
      expect(yield* Effect.flip(orders.pay(second.id, "p1"))).toMatchObject({ _tag: "Refused", code: "payment.key" })
      expect(yield* Effect.flip(orders.place({ quote: again.id, buyer: "Acme", key: "k1" }))).toMatchObject({
        _tag: "Refused",
        code: "order.key"
      })
      expect((yield* orders.get(second.id)).state).toBe("ordered")
    }).pipe(Effect.provide(catalogLayer))
  )

  it.effect("does not take an expired or unknown quote", () =>
    Effect.gen(function* () {
      const quote = yield* openQuote
      const orders = yield* Orders
      const before = yield* entries
      yield* TestClock.adjust("24 hours")
      expect(yield* Effect.flip(orders.place({ quote: quote.id, buyer: "Acme", key: "k1" }))).toMatchObject({
        _tag: "BadInput",
        code: "quote.expired"
      })
      expect(yield* Effect.flip(orders.place({ quote: "quo_0", buyer: "Acme", key: "k1" }))).toMatchObject({
        _tag: "BadInput",
        code: "quote.unknown"
      })
      expect(yield* orders.list()).toEqual([])
      expect(yield* entries).toBe(before)
    }).pipe(Effect.provide(catalogLayer))
  )

  it.effect("takes an order in the last millisecond of its quote", () =>
    Effect.gen(function* () {
      const quote = yield* openQuote
      yield* TestClock.setTime(Date.parse(quote.expiresAt) - 1)
      expect((yield* (yield* Orders).place({ quote: quote.id, buyer: "Acme", key: "k1" })).state).toBe("ordered")
    }).pipe(Effect.provide(catalogLayer))
  )

  it.effect("writes log entries for the order, its payment and its invoice", () =>
    Effect.gen(function* () {
      const quote = yield* openQuote
      const orders = yield* Orders
      const before = yield* entries
      const order = yield* orders.place({ quote: quote.id, buyer: "Acme", key: "k1" })
      expect(yield* entries).toBe(before + 1)
      yield* orders.pay(order.id, "p1")
      expect(yield* entries).toBe(before + 3)
    }).pipe(Effect.provide(catalogLayer))
  )

  it.effect("lists the orders of one buyer only, newest first", () =>
    Effect.gen(function* () {
      const quote = yield* openQuote
      const orders = yield* Orders
      const first = yield* orders.place({ quote: quote.id, buyer: "Acme", key: "k1" })
      yield* TestClock.adjust("1 minute")
      const second = yield* orders.place({ quote: quote.id, buyer: "Acme", key: "k2" })
      const other = yield* orders.place({ quote: quote.id, buyer: "Beta", key: "k1" })
      expect(yield* orders.list("Acme")).toEqual([second, first])
      expect(yield* orders.list("Beta")).toEqual([other])
    }).pipe(Effect.provide(catalogLayer))
  )

  it.effect("refuses empty, padded and unprintable buyers and keys", () =>
    Effect.gen(function* () {
      const quote = yield* openQuote
      const orders = yield* Orders
      for (const name of ["", " ", "Acme ", "a\nb", "a".repeat(201), "\ud800"]) {
        const place = orders.place({ quote: quote.id, buyer: name, key: "k1" })
        expect(yield* Effect.flip(place)).toMatchObject({ _tag: "BadInput", code: "order.buyer" })
      }
      expect(yield* Effect.flip(orders.pay("ord_0", "p1"))).toMatchObject({ _tag: "BadInput", code: "order.unknown" })
    }).pipe(Effect.provide(catalogLayer))
  )
})

describe("the steps of a sale", () => {
  it("go from quoted over ordered and paid to delivered, and delivery may be repeated", () => {
    expect(stateAfter("order", "quoted")).toBe("ordered")
    expect(stateAfter("pay", "ordered")).toBe("paid")
    expect(stateAfter("deliver", "paid")).toBe("delivered")
    expect(stateAfter("deliver", "delivered")).toBe("delivered")
  })

  it("cannot be skipped or taken twice", () => {
    for (const state of ["ordered", "paid", "delivered"] as const) expect(stateAfter("order", state)).toBeUndefined()
    for (const state of ["quoted", "paid", "delivered"] as const) expect(stateAfter("pay", state)).toBeUndefined()
    for (const state of ["quoted", "ordered"] as const) expect(stateAfter("deliver", state)).toBeUndefined()
  })
})
