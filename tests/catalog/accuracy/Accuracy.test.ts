import { spawn } from "node:child_process"
import { once } from "node:events"
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { describe, expect, it } from "@effect/vitest"
import { Effect } from "effect"
import { TestClock } from "effect/testing"
import { Accuracy } from "#catalog/accuracy/Accuracy.ts"
import { accuracyLoss } from "#catalog/accuracy/accuracyLoss.ts"
import { Deliveries } from "#catalog/delivery/Deliveries.ts"
import { Invoices } from "#catalog/invoice/Invoices.ts"
import { Orders } from "#catalog/order/Orders.ts"
import type { ProductVersion } from "#catalog/product/ProductVersion.ts"
import { Quotes } from "#catalog/quote/Quotes.ts"
import { Records } from "#core/records/Records.ts"
import { Budget } from "#privacy/budget/Budget.ts"
import { salesApp } from "../../../app.ts"
import { catalogLayer } from "../catalogLayer.ts"
import { shelveOffers } from "../offerVersion.ts"
import { listedAt } from "../sampleVersion.ts"

const higher = [
  { offer: "twice", accuracy: 2 },
  { offer: "thrice", accuracy: 3 }
]

/** A version with two higher accuracies, and a cap that allows one of them. */
const shop = Effect.gen(function* () {
  const version = yield* shelveOffers(higher)
  const { rhoUnits } = accuracyLoss(version, 3)
  yield* (yield* Records).write((db) =>
    db.run("update budget_cap set rho_units = $units", { units: rhoUnits + rhoUnits / 10n })
  )
  return version
})
const quoteOf = Effect.fnUntraced(function* ({ product }: ProductVersion, offer: string) {
  return yield* (yield* Quotes).create(product, undefined, offer)
})
/** Everything that a refused order must leave as it was. */
const kept = Effect.gen(function* () {
  return yield* (yield* Records).read((db) =>
    ["buyer_order", "order_purpose", "accuracy_order", "budget_hold", "budget_entry", "outbox", "demand_vote"].map(
      (name) => db.all(`select * from ${name}`)
    )
  )
})
const standing = Effect.fnUntraced(function* (version: ProductVersion, artefact: string) {
  yield* (yield* Records).write((db) =>
    db.run("insert into accuracy_release values ($version, 'twice', $artefact, 'rel_2', $document, 1.4, 1e-6, $at)", {
      version: version.id,
      artefact,
      document: JSON.stringify({ hash: "d".repeat(64), lineage: { assets: ["core.order"] } }),
      at: listedAt
    })
  )
})

describe("an order for more accuracy than the version has", () => {
  it.effect("costs more, reserves its whole loss, and gives it back when it is called off or not paid in time", () =>
    Effect.gen(function* () {
      yield* TestClock.setTime(Date.parse(listedAt))
      const version = yield* shop
      const budget = yield* Budget
      const whole = yield* (yield* Quotes).create(version.product)
      const quote = yield* quoteOf(version, "twice")
      expect(quote.price.minor).toBeGreaterThan(whole.price.minor)
      const before = yield* budget.spent
      const orders = yield* Orders
      const order = yield* orders.place({ quote: quote.id, buyer: "Acme", key: "k1" })
      const { rhoUnits } = accuracyLoss(version, 2)
      const after = yield* budget.spent
      expect(before.leftUnits - after.leftUnits).toBe(rhoUnits)
      expect(after.spentUnits).toBe(0n)
      expect(Number(rhoUnits) / 2 ** 40).toBeCloseTo(2 * version.rho.value, 9)
      // The same key again reserves nothing more.
      expect(yield* orders.place({ quote: quote.id, buyer: "Acme", key: "k1" })).toEqual(order)
      expect((yield* budget.spent).leftUnits).toBe(after.leftUnits)
      expect(yield* (yield* Accuracy).list()).toMatchObject([{ order: order.id, accuracy: 2, state: "reserved" }])

      const called = yield* orders.cancel(order.id, "no longer needed")
      expect(called.cancelledAt).toBe(listedAt)
      expect(yield* orders.cancel(order.id, "again")).toEqual(called)
      expect((yield* budget.spent).leftUnits).toBe(before.leftUnits)
      expect(yield* Effect.flip(orders.pay(order.id, "p0"))).toMatchObject({ code: "order.cancelled" })

      const second = yield* orders.place({ quote: quote.id, buyer: "Acme", key: "k2" })
      yield* TestClock.adjust("24 hours")
      expect((yield* budget.spent).leftUnits).toBe(before.leftUnits)
      const records = yield* kept
      expect(yield* Effect.flip(orders.pay(second.id, "p1"))).toMatchObject({ _tag: "Refused", code: "budget.lapsed" })
      expect(yield* kept).toEqual(records)
      expect(yield* (yield* Invoices).list()).toEqual([])
    }).pipe(Effect.provide(catalogLayer))
  )

  it.effect("is kept for good once it is paid, is not delivered before it is made, and is given back by a refund", () =>
    Effect.gen(function* () {
      yield* TestClock.setTime(Date.parse(listedAt))
      const version = yield* shop
      const orders = yield* Orders
      const quote = yield* quoteOf(version, "thrice")
      const order = yield* orders.place({ quote: quote.id, buyer: "Acme", key: "k1" })
      yield* orders.pay(order.id, "p1")
      yield* TestClock.adjust("30 days")
      expect(yield* (yield* Accuracy).list("Acme")).toMatchObject([{ state: "paid", until: null }])
      const pending = yield* Effect.flip((yield* Deliveries).deliver(order.id, "csv", tmpdir()))
      expect(pending).toMatchObject({ _tag: "Refused", code: "delivery.state" })
      expect(yield* Effect.flip(orders.cancel(order.id, "late"))).toMatchObject({ code: "order.paid" })
      yield* (yield* Invoices).refund(order.id, "r1", "not made")
      const { leftUnits, capUnits } = yield* (yield* Budget).spent
      expect(leftUnits).toBe(capUnits)
    }).pipe(Effect.provide(catalogLayer))
  )

  it.effect("needs no reservation once the release stands: everybody gets the same bytes", () =>
    Effect.gen(function* () {
      yield* TestClock.setTime(Date.parse(listedAt))
      const version = yield* shop
      yield* standing(version, version.artefact)
      const orders = yield* Orders
      for (const buyer of ["Acme", "Bold"]) {
        const quote = yield* quoteOf(version, "twice")
        const order = yield* orders.place({ quote: quote.id, buyer, key: "k" })
        yield* orders.pay(order.id, `p ${buyer}`)
      }
      const { leftUnits, capUnits } = yield* (yield* Budget).spent
      expect(leftUnits).toBe(capUnits)
      expect((yield* (yield* Accuracy).list()).map(({ state }) => state)).toEqual(["made", "made"])
    }).pipe(Effect.provide(catalogLayer))
  )

  it.effect("is refused for a version that is no longer the newest", () =>
    Effect.gen(function* () {
      yield* TestClock.setTime(Date.parse(listedAt))
      const version = yield* shop
      const quote = yield* quoteOf(version, "twice")
      yield* (yield* Records).write((db) =>
        db.run(
          `insert into product_version select 'ver_2', product, '2026-11.2', 'rel_9', artefact, status, listed_at, seq + 1, document from product_version`
        )
      )
      const refused = yield* Effect.flip((yield* Orders).place({ quote: quote.id, buyer: "Acme", key: "k" }))
      expect(refused).toMatchObject({ _tag: "Refused", code: "accuracy.superseded" })
    }).pipe(Effect.provide(catalogLayer))
  )
})

describe("the last more accurate release that the cap allows", () => {
  for (const [what, offers] of [
    ["of two buyers who order the same accuracy", ["twice", "twice"]],
    ["of two buyers who order different ones", ["twice", "thrice"]]
  ] as const) {
    it.effect(`goes to exactly one ${what}, and the other's refusal changes nothing`, () =>
      Effect.gen(function* () {
        yield* TestClock.setTime(Date.parse(listedAt))
        const version = yield* shop
        const quotes = yield* Effect.forEach(offers, (offer) => quoteOf(version, offer))
        const orders = yield* Orders
        const place = (i: number) =>
          Effect.result(orders.place({ quote: quotes[i]!.id, buyer: ["Acme", "Bold"][i]!, key: "k" }))
        const outcomes = yield* Effect.all([place(0), place(1)], { concurrency: 2 })
        const failures = outcomes.flatMap((one) => (one._tag === "Failure" ? [one.failure] : []))
        expect(failures).toHaveLength(1)
        expect(failures[0]).toMatchObject({ _tag: "Refused" })
        expect(["accuracy.reserved", "budget.exhausted"]).toContain(failures[0]!.code)
        expect(yield* orders.list()).toHaveLength(1)
        const records = yield* kept
        const lost = outcomes.findIndex(({ _tag }) => _tag === "Failure")
        yield* place(lost)
        expect(yield* kept).toEqual(records)
      }).pipe(Effect.provide(catalogLayer))
    )
  }

  it("goes to exactly one of two processes that order at the same moment", { timeout: 60_000 }, async () => {
    const folder = mkdtempSync(join(tmpdir(), "assay-race-"))
    const home = join(folder, "home")
    try {
      const quotes = await Effect.runPromise(
        Effect.gen(function* () {
          const version = yield* shop
          return [yield* quoteOf(version, "twice"), yield* quoteOf(version, "thrice")]
        }).pipe(Effect.provide(salesApp(home)), Effect.scoped)
      )
      const script = fileURLToPath(new URL("./orderWhenTold.ts", import.meta.url))
      const children = quotes.map(({ id }, i) => {
        const child = spawn(process.execPath, [script, home, id, ["Acme", "Bold"][i]!])
        const said: Array<string> = []
        child.stdout.setEncoding("utf8").on("data", (text: string) => said.push(...text.trim().split("\n")))
        return { child, said }
      })
      await Promise.all(children.map(({ child }) => once(child.stdout, "data")))
      for (const { child } of children) child.stdin.write("go\n")
      await Promise.all(children.map(({ child }) => once(child, "close")))
      expect(children.map(({ said }) => said[1]).sort()).toEqual(["Refused budget.exhausted", "sold"])
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  })
})
