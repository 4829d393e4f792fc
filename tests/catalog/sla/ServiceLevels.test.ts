import { describe, expect, it } from "@effect/vitest"
import { Effect } from "effect"
import { TestClock } from "effect/testing"
import { Invoices } from "#catalog/invoice/Invoices.ts"
import { Ledger } from "#catalog/ledger/Ledger.ts"
import { Orders } from "#catalog/order/Orders.ts"
import { Catalog } from "#catalog/product/Catalog.ts"
import { Quotes } from "#catalog/quote/Quotes.ts"
import { ServiceLevels } from "#catalog/sla/ServiceLevels.ts"
import { Records } from "#core/records/Records.ts"
import { timeliness } from "#pricing/ttl/timeliness.ts"
import { catalogLayer } from "../catalogLayer.ts"
import { putOnSale } from "../putOnSale.ts"
import { listedAt, sampleVersion } from "../sampleVersion.ts"

const product = "orders_by_state"
const insert = Effect.fnUntraced(function* (changes: Parameters<typeof sampleVersion>[0]) {
  const catalog = yield* Catalog
  yield* (yield* Records).write((db) => catalog.insertVersion(db, sampleVersion(changes)))
})
/** A version of 12 November, so the next is due by the end of 13 December; grace one day, half-life 30. */
const sold = Effect.gen(function* () {
  yield* TestClock.setTime(Date.parse(listedAt))
  yield* insert({})
  yield* putOnSale(product)
  const quote = yield* (yield* Quotes).create(product)
  const order = yield* (yield* Orders).place({ quote: quote.id, buyer: "Acme", key: "k" })
  return yield* (yield* Orders).pay(order.id, "p")
})
const next = (at: string) => insert({ release: "rel_2", period: "2026-12", asOf: at.slice(0, 10), listedAt: at })

describe("ServiceLevels", () => {
  it.effect("proposes what a late update gives back, and credits exactly that when a person approves it", () =>
    Effect.gen(function* () {
      const order = yield* sold
      yield* next("2026-12-24T00:00:00.000Z")
      const levels = yield* ServiceLevels
      const [credit] = yield* levels.assess()
      const fee = Math.floor((order.price.minor * 31) / 365)
      const share = 1 - timeliness(10, { halfLifeDays: 30, graceDays: 1, archival: 0.2 })
      expect(credit).toMatchObject({
        order: order.id,
        version: "2026-11.1",
        lateVersion: "2026-12.1",
        dueAt: "2026-12-14T00:00:00.000Z",
        lateDays: 10,
        periodFee: fee,
        amount: { minor: Math.ceil(fee * share), currency: "CNY" },
        state: "proposed"
      })
      expect(yield* (yield* Invoices).list()).toHaveLength(1)
      expect(yield* levels.assess()).toEqual([credit])

      const approved = yield* levels.approve(credit!.id, "Ann")
      expect(approved).toMatchObject({ state: "credited", by: "Ann" })
      expect(yield* levels.approve(credit!.id, "Ben")).toEqual(approved)
      const note = yield* (yield* Invoices).get(approved.creditNote!)
      expect(note).toMatchObject({ kind: "credit note", net: -credit!.amount.minor })
      expect(note.credits!.reason).toContain("2026-12.1")
      expect(yield* (yield* Ledger).problems).toEqual([])
      expect(yield* levels.assess()).toEqual([])
    }).pipe(Effect.provide(catalogLayer))
  )

  it.effect("gives nothing back within the grace, after a refund, or to who bought when it was late already", () =>
    Effect.gen(function* () {
      const order = yield* sold
      const levels = yield* ServiceLevels
      expect(yield* levels.assess()).toEqual([])
      yield* TestClock.setTime(Date.parse("2026-12-20T00:00:00.000Z"))
      const quote = yield* (yield* Quotes).create(product)
      const late = yield* (yield* Orders).place({ quote: quote.id, buyer: "Bold", key: "k" })
      yield* (yield* Orders).pay(late.id, "p2")
      yield* (yield* Invoices).refund(order.id, "r", "returned")
      yield* next("2026-12-24T00:00:00.000Z")
      expect(yield* levels.assess()).toEqual([])
    }).pipe(Effect.provide(catalogLayer))
  )

  it.effect("is in time within the grace, and a proposal may be dismissed for a reason", () =>
    Effect.gen(function* () {
      yield* sold
      yield* next("2026-12-14T12:00:00.000Z")
      const levels = yield* ServiceLevels
      expect(yield* levels.assess()).toEqual([])
    }).pipe(Effect.provide(catalogLayer))
  )

  it.effect("needs a named person to be decided, and a reason to be dismissed", () =>
    Effect.gen(function* () {
      yield* sold
      yield* next("2027-01-24T00:00:00.000Z")
      const levels = yield* ServiceLevels
      const [credit] = yield* levels.assess(product)
      expect(yield* Effect.flip(levels.approve(credit!.id, " "))).toMatchObject({ code: "sla.by" })
      expect(yield* Effect.flip(levels.dismiss(credit!.id, "Ann", ""))).toMatchObject({ code: "sla.by" })
      expect(yield* Effect.flip(levels.approve("sla_none", "Ann"))).toMatchObject({ code: "sla.unknown" })
      const dismissed = yield* levels.dismiss(credit!.id, "Ann", "the buyer had asked to wait")
      expect(dismissed).toMatchObject({ state: "dismissed", creditNote: null })
      expect(yield* levels.approve(credit!.id, "Ben")).toEqual(dismissed)
      expect(yield* (yield* Invoices).list()).toHaveLength(1)
    }).pipe(Effect.provide(catalogLayer))
  )
})
