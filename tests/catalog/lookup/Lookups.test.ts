import { describe, expect, it } from "@effect/vitest"
import { Effect } from "effect"
import { TestClock } from "effect/testing"
import { Invoices } from "#catalog/invoice/Invoices.ts"
import { ApiKeys } from "#catalog/lookup/ApiKeys.ts"
import { Lookups } from "#catalog/lookup/Lookups.ts"
import { readHolder } from "#catalog/lookup/readHolder.ts"
import { Orders } from "#catalog/order/Orders.ts"
import { Quotes } from "#catalog/quote/Quotes.ts"
import { Trials } from "#catalog/trial/Trials.ts"
import { Usage } from "#catalog/usage/Usage.ts"
import { Records } from "#core/records/Records.ts"
import { Budget } from "#privacy/budget/Budget.ts"
import { catalogLayer } from "../catalogLayer.ts"
import { shelveOffers } from "../offerVersion.ts"
import { listedAt } from "../sampleVersion.ts"

const product = "orders_by_state"
const tariff = {
  tiers: [
    { upTo: 10, unit: "1.00 CNY" },
    { upTo: null, unit: "0.50 CNY" }
  ]
}
const keyed = [
  { name: "region", type: "VARCHAR", part: "key" },
  { name: "choice", type: "VARCHAR", part: "key" },
  { name: "buyers", type: "BIGINT", part: "measure" },
  { name: "spend_minor", type: "BIGINT", part: "measure" }
]

const shop = Effect.gen(function* () {
  yield* TestClock.setTime(Date.parse(listedAt))
  const version = yield* shelveOffers()
  // The sample's dictionary knows one column; the file has four.
  yield* (yield* Records).write((db) =>
    db.run("update product_version set document = json_set(document, '$.columns', json($columns))", {
      columns: JSON.stringify(keyed)
    })
  )
  yield* (yield* Invoices).setTariff(product, "lookup", "2026-11-01", tariff)
  return version
})
const bought = Effect.gen(function* () {
  yield* shop
  const quote = yield* (yield* Quotes).create(product)
  const order = yield* (yield* Orders).place({ quote: quote.id, buyer: "Acme", key: "k" })
  yield* (yield* Orders).pay(order.id, "p")
  return order.id
})
const tried = Effect.fnUntraced(function* (calls: number, spend: number) {
  yield* shop
  const trial = yield* (yield* Trials).open({
    product,
    buyer: "Acme",
    days: 14,
    calls,
    spend: { minor: spend, currency: "CNY" },
    key: "t"
  })
  const key = yield* (yield* ApiKeys).add({ holder: trial.id, days: 30, scopes: ["lookup", "usage"] })
  return { trial, token: key.token }
})
const ask = Effect.fnUntraced(function* (token: string, query: Readonly<Record<string, string>>) {
  return yield* (yield* Lookups).lookup(token, product, query)
})
const kept = Effect.gen(function* () {
  return yield* (yield* Records).read((db) =>
    ["usage_event", "usage_total", "trial_use", "api_key", "budget_entry", "outbox"].map((name) =>
      db.all(`select * from ${name}`)
    )
  )
})

describe("a lookup in what was bought", () => {
  it.effect("gives the rows of the keys, counts each call once, and costs no privacy", () =>
    Effect.gen(function* () {
      const order = yield* bought
      const { token, prefix } = yield* (yield* ApiKeys).add({ holder: order, days: 30, scopes: ["lookup"] })
      const one = yield* ask(token, { region: "north", choice: "y" })
      expect(one).toMatchObject({ product, version: "2026-11.1", total: 1, rows: [["north", "y", 340, 8000]] })
      expect(one.columns.map(({ name }) => name)).toEqual(["region", "choice", "buyers", "spend_minor"])
      const page = yield* ask(token, { region: "north", limit: "2", offset: "1" })
      expect(page).toMatchObject({
        total: 3,
        rows: [
          ["north", "y", 340, 8000],
          ["north", "z", 280, 7000]
        ]
      })
      expect(yield* ask(token, { region: "nowhere" })).toMatchObject({ total: 0, rows: [] })
      expect(yield* (yield* Usage).totals()).toMatchObject([
        { tenant: "Acme", meter: "lookup.owned", quantity: 4, events: 3 }
      ])
      expect(yield* (yield* Usage).problems).toEqual([])
      expect((yield* (yield* Budget).spent).spentUnits).toBe(0n)
      // What was bought whole is not paid for again by the call.
      yield* TestClock.adjust("40 days")
      expect(yield* (yield* Invoices).closeMonth("2026-11")).toEqual([])
      const keys = yield* (yield* ApiKeys).list()
      expect(keys).toMatchObject([{ prefix, buyer: "Acme", lastUsedAt: listedAt }])
      expect(JSON.stringify(yield* kept)).not.toContain(token)
    }).pipe(Effect.provide(catalogLayer))
  )

  it.effect(
    "waits while a product of people's rows is suspended, by order and by trial, and goes on where rows are nobody's",
    () =>
      Effect.gen(function* () {
        const order = yield* bought
        const trials = yield* Trials
        const spend = { minor: 1000, currency: "CNY" }
        const trial = yield* trials.open({ product, buyer: "Acme", days: 14, calls: 9, spend, key: "s" })
        const keys = yield* ApiKeys
        const held = yield* Effect.forEach([order, trial.id], (holder) =>
          keys.add({ holder, days: 9, scopes: ["lookup"] })
        )
        const records = yield* Records
        const asked = (id: string) => records.read((db) => readHolder(db, id, listedAt).buyer)
        yield* records.write((db) =>
          db.run("update product_life set state = 'suspended' where product = $product", { product })
        )
        // Noisy figures go on to the end of their terms.
        for (const id of [order, trial.id]) expect(yield* asked(id)).toBe("Acme")
        yield* records.write((db) =>
          db.run("update product_version set document = json_set(document, '$.kind', 'consented')")
        )
        for (const id of [order, trial.id]) expect((yield* Effect.flip(asked(id))).code).toBe("product.suspended")
        yield* TestClock.adjust("2 seconds")
        for (const { token } of held)
          expect((yield* Effect.flip(ask(token, { region: "north" }))).code).toBe("product.suspended")
        expect((yield* Effect.flip(keys.add({ holder: order, days: 9, scopes: ["lookup"] }))).code).toBe(
          "product.suspended"
        )
      }).pipe(Effect.provide(catalogLayer))
  )

  it.effect("takes only declared key columns, each value in the form of its column", () =>
    Effect.gen(function* () {
      const order = yield* bought
      const { token } = yield* (yield* ApiKeys).add({ holder: order, days: 30, scopes: ["lookup"] })
      yield* ask(token, { region: "north" })
      const before = yield* kept
      const strange: ReadonlyArray<readonly [Readonly<Record<string, string>>, string]> = [
        [{}, "lookup.filter"],
        [{ buyers: "340" }, "lookup.column"],
        [{ __proto__x: "1" }, "lookup.column"],
        [{ "region) or (1=1": "1" }, "lookup.column"],
        [{ region: "x".repeat(201) }, "lookup.value"],
        [{ region: "north", limit: "101" }, "lookup.limit"],
        [{ region: "north", offset: "-1" }, "lookup.offset"]
      ]
      for (const [query, code] of strange)
        expect(yield* Effect.flip(ask(token, query))).toMatchObject({ _tag: "BadInput", code })
      expect(yield* kept).toEqual(before)
    }).pipe(Effect.provide(catalogLayer))
  )

  it.effect("is refused for a wrong, an expired, a revoked or a narrower key, and for another product", () =>
    Effect.gen(function* () {
      const order = yield* bought
      const keys = yield* ApiKeys
      const { token, id } = yield* keys.add({ holder: order, days: 30, scopes: ["lookup"] })
      const narrow = yield* keys.add({ holder: order, days: 30, scopes: ["usage"] })
      const short = yield* keys.add({ holder: order, days: 1, scopes: ["lookup"] })
      const code = (given: string, of = product) =>
        Effect.map(
          Effect.flip(Effect.flatMap(Lookups, (lookups) => lookups.lookup(given, of, { region: "north" }))),
          (error) => error.code
        )
      expect(yield* code("ak_none")).toBe("session.key")
      expect(yield* code(narrow.token)).toBe("key.scope")
      expect(yield* code(token, "other")).toBe("lookup.product")
      expect(yield* Effect.flip((yield* Lookups).usage(token))).toMatchObject({ code: "key.scope" })
      yield* ask(token, { region: "north" })
      yield* keys.revoke(id)
      expect(yield* code(token)).toBe("session.key")
      yield* TestClock.adjust("1 day")
      expect(yield* code(short.token)).toBe("session.key")
      expect(yield* Effect.flip(keys.add({ holder: "ord_none", days: 1, scopes: ["lookup"] }))).toMatchObject({
        code: "order.unknown"
      })
      // The entitlement is asked anew when the order has ended.
      yield* (yield* Invoices).refund(order, "r", "returned")
      const last = yield* Effect.flip(keys.add({ holder: order, days: 1, scopes: ["lookup"] }))
      expect(last).toMatchObject({ _tag: "Refused", code: "delivery.ended" })
    }).pipe(Effect.provide(catalogLayer))
  )
})

describe("a trial", () => {
  it.effect("ends at its calls exactly, also when they come at the same moment, and says how to go on", () =>
    Effect.gen(function* () {
      const { trial, token } = yield* tried(5, 100_000)
      const outcomes = yield* Effect.all(
        Array.from({ length: 12 }, () => Effect.result(ask(token, { region: "north", choice: "x" }))),
        { concurrency: 12 }
      )
      expect(outcomes.filter(({ _tag }) => _tag === "Success")).toHaveLength(5)
      const refused = outcomes.flatMap((one) => (one._tag === "Failure" ? [one.failure] : []))
      expect(new Set(refused.map(({ code }) => code))).toEqual(new Set(["trial.exhausted"]))
      expect(refused[0]!.fix).toContain(`assay trial convert ${trial.id}`)
      const before = yield* kept
      expect(yield* Effect.flip(ask(token, { region: "north" }))).toMatchObject({
        _tag: "Refused",
        code: "trial.exhausted"
      })
      expect(yield* kept).toEqual(before)
      expect(yield* (yield* Trials).get(trial.id)).toMatchObject({
        state: "exhausted",
        calls: { cap: 5, used: 5 },
        spend: { used: { minor: 500 } }
      })
    }).pipe(Effect.provide(catalogLayer))
  )

  it.effect("never spends more than its cap, and the month's invoice says the same to the fen", () =>
    Effect.gen(function* () {
      // Ten rows at 1.00, then 0.50 each: three rows a call.
      const { trial, token } = yield* tried(1000, 1199)
      const outcomes = yield* Effect.forEach(Array.from({ length: 9 }), () =>
        Effect.result(ask(token, { region: "north" }))
      )
      expect(outcomes.filter(({ _tag }) => _tag === "Success")).toHaveLength(4)
      const { spend } = yield* (yield* Trials).get(trial.id)
      expect(spend.used.minor).toBe(1100)
      yield* TestClock.adjust("40 days")
      const [invoice] = yield* (yield* Invoices).closeMonth("2026-11")
      expect(invoice!.net).toBe(spend.used.minor)
      expect(yield* (yield* Trials).get(trial.id)).toMatchObject({ state: "expired" })
      expect(yield* Effect.flip(ask(token, { region: "north" }))).toMatchObject({ code: "session.key" })
    }).pipe(Effect.provide(catalogLayer))
  )

  it.effect("is converted to an order, and its key goes on when that is paid", () =>
    Effect.gen(function* () {
      const { trial, token } = yield* tried(1, 1000)
      yield* ask(token, { region: "north" })
      const trials = yield* Trials
      const order = yield* trials.convert(trial.id, "c")
      expect(yield* trials.convert(trial.id, "c2")).toEqual(order)
      expect(order).toMatchObject({ buyer: "Acme", product, state: "ordered" })
      expect(yield* Effect.flip(ask(token, { region: "north" }))).toMatchObject({ code: "trial.exhausted" })
      yield* (yield* Orders).pay(order.id, "p")
      expect((yield* ask(token, { region: "north" })).total).toBe(3)
      expect(yield* trials.get(trial.id)).toMatchObject({ state: "converted", order: order.id, calls: { used: 1 } })
      const meters = (yield* (yield* Usage).totals("Acme")).map(({ meter, quantity }) => [meter, quantity])
      expect(meters.sort()).toEqual([
        ["lookup", 3],
        ["lookup.owned", 3]
      ])
    }).pipe(Effect.provide(catalogLayer))
  )

  it.effect("is one for each buyer and product, within the terms, and only where a call has a price", () =>
    Effect.gen(function* () {
      const { trial } = yield* tried(5, 1000)
      const trials = yield* Trials
      const base = { product, buyer: "Acme", days: 14, calls: 5, spend: { minor: 1000, currency: "CNY" }, key: "t" }
      expect(yield* trials.open(base)).toEqual(trial)
      const codeOf = (request: Parameters<typeof trials.open>[0]) =>
        Effect.map(Effect.flip(trials.open(request)), (error) => error.code)
      expect(yield* codeOf({ ...base, key: "again" })).toBe("trial.once")
      const other = { ...base, buyer: "Bold" }
      expect(yield* codeOf({ ...other, purpose: "dpv:Advertising" })).toBe("terms.purpose")
      expect(yield* codeOf({ ...other, days: 91 })).toBe("trial.days")
      expect(yield* codeOf({ ...other, calls: 0 })).toBe("trial.calls")
      expect(yield* codeOf({ ...other, spend: { minor: 10, currency: "USD" } })).toBe("trial.spend")
      yield* (yield* Records).write((db) => db.run("delete from meter_tariff"))
      expect(yield* codeOf(other)).toBe("trial.tariff")
      expect(yield* trials.list()).toHaveLength(1)
      yield* trials.end(trial.id)
      expect(yield* trials.end(trial.id)).toMatchObject({ state: "ended" })
    }).pipe(Effect.provide(catalogLayer))
  )
})
