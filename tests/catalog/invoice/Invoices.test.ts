import { describe, expect, it } from "@effect/vitest"
import { Effect } from "effect"
import { TestClock } from "effect/testing"
import { Buyers } from "#catalog/buyer/Buyers.ts"
import { Deliveries } from "#catalog/delivery/Deliveries.ts"
import { Indexes } from "#catalog/index/Indexes.ts"
import { Invoices } from "#catalog/invoice/Invoices.ts"
import { taxOn } from "#catalog/invoice/taxOf.ts"
import { Ledger } from "#catalog/ledger/Ledger.ts"
import { postEntry } from "#catalog/ledger/postEntry.ts"
import { Orders } from "#catalog/order/Orders.ts"
import { Catalog } from "#catalog/product/Catalog.ts"
import { Quotes } from "#catalog/quote/Quotes.ts"
import { Usage } from "#catalog/usage/Usage.ts"
import { Log } from "#core/log/Log.ts"
import { Records } from "#core/records/Records.ts"
import { catalogLayer } from "../catalogLayer.ts"
import { listVersion } from "../listVersion.ts"
import { listedAt, sampleVersion } from "../sampleVersion.ts"

const product = "orders_by_state"
const listed = Effect.gen(function* () {
  yield* TestClock.setTime(Date.parse(listedAt))
  const catalog = yield* Catalog
  const { offering } = sampleVersion()
  const terms = { ...offering.terms, territory: ["CN", "DE"] }
  yield* (yield* Records).write((db) => listVersion(db, catalog, sampleVersion({ offering: { ...offering, terms } })))
})
const ordered = Effect.fnUntraced(function* (buyer: string, key: string) {
  const quote = yield* (yield* Quotes).create(product)
  return yield* (yield* Orders).place({ quote: quote.id, buyer, key })
})
const paid = Effect.fnUntraced(function* (buyer: string, key: string) {
  const order = yield* ordered(buyer, key)
  return yield* (yield* Orders).pay(order.id, `pay ${key}`)
})
/** Three tiers: 0.50 to 10 k, 0.35 to 100 k, 0.20 above. */
const tariff = {
  tiers: [
    { upTo: 10_000, unit: "0.50 CNY" },
    { upTo: 100_000, unit: "0.35 CNY" },
    { upTo: null, unit: "0.20 CNY" }
  ]
}
const use = (id: string, quantity: number, time: string) => ({
  specversion: "1.0" as const,
  type: "assay.usage" as const,
  source: "api",
  id,
  time,
  data: { meter: "calls", product, version: "2026-11.1", quantity }
})

describe("Invoices", () => {
  it.effect("are issued with the payment, once for one key, with tax, evidence and a journal that equals them", () =>
    Effect.gen(function* () {
      yield* listed
      yield* (yield* Buyers).verify({
        buyer: "Acme",
        legalEntity: "Acme 有限公司",
        country: "CN",
        taxId: "91310000MA1FL0XXXX"
      })
      const order = yield* paid("Acme", "k1")
      yield* (yield* Orders).pay(order.id, "pay k1")
      const [invoice, ...more] = yield* (yield* Invoices).list("Acme")
      expect(more).toEqual([])
      const tax = taxOn(order.price.minor, 600)
      expect(invoice).toMatchObject({
        number: "INV-2026-000001",
        buyer: { legalEntity: "Acme 有限公司", country: "CN", taxId: "91310000MA1FL0XXXX" },
        net: order.price.minor,
        tax,
        gross: order.price.minor + tax
      })
      expect(invoice!.lines[0]).toMatchObject({
        quantity: "1",
        evidence: order.id,
        priceSnapshot: { id: order.quote },
        taxBasisPoints: 600
      })
      const ledger = yield* Ledger
      expect(yield* ledger.balances()).toEqual([
        { account: "bank", currency: "CNY", minor: invoice!.gross },
        { account: `revenue/${product}`, currency: "CNY", minor: -invoice!.net },
        { account: "tax/CN", currency: "CNY", minor: -tax }
      ])
      expect(yield* ledger.revenue).toEqual([{ month: "2026-11", product, currency: "CNY", minor: invoice!.net }])
      expect(yield* ledger.problems).toEqual([])
      yield* (yield* Log).drain
      expect((yield* (yield* Log).verify).sound).toBe(true)
    }).pipe(Effect.provide(catalogLayer))
  )

  it.effect("number without gaps, and tax a foreign buyer at the rate of its country, 0 unless one was declared", () =>
    Effect.gen(function* () {
      yield* listed
      const verify = (buyer: string, country: string) =>
        Effect.flatMap(Buyers, (buyers) => buyers.verify({ buyer, legalEntity: buyer, country, taxId: null }))
      yield* verify("Kunde", "DE")
      yield* (yield* Indexes).record({
        product,
        item: "G10",
        value: 1,
        note: "The transfer was assessed.",
        signer: "anna",
        days: 90,
        isDemo: false
      })
      yield* paid("Kunde", "k1")
      yield* (yield* Invoices).setTax("DE", "2026-11-01", 1900, "reverse charge ended")
      yield* paid("Kunde", "k2")
      yield* paid("unverified", "k3")
      const invoices = yield* (yield* Invoices).list()
      expect(invoices.map(({ number }) => number).sort()).toEqual([
        "INV-2026-000001",
        "INV-2026-000002",
        "INV-2026-000003"
      ])
      const rates = Object.fromEntries(
        invoices.map(({ number, lines }) => [number.slice(-1), lines[0]!.taxBasisPoints])
      )
      expect(rates).toEqual({ 1: 0, 2: 1900, 3: 600 })
    }).pipe(Effect.provide(catalogLayer))
  )

  it.effect("are given back once for one key, which ends the entitlement and leaves the books at zero", () =>
    Effect.gen(function* () {
      yield* listed
      const invoices = yield* Invoices
      const order = yield* paid("Acme", "k1")
      const note = yield* invoices.refund(order.id, "r1", "wrong product")
      expect(yield* invoices.refund(order.id, "r1", "wrong product")).toEqual(note)
      expect(note).toMatchObject({ kind: "credit note", number: "CN-2026-000001", net: -order.price.minor })
      expect((yield* Effect.flip(invoices.refund(order.id, "r2", "again"))).code).toBe("refund.ended")
      expect(yield* (yield* Ledger).balances()).toEqual([])
      expect(yield* Effect.flip((yield* Deliveries).deliver(order.id, "csv", "unused"))).toMatchObject({
        _tag: "Refused",
        code: "delivery.ended"
      })
      expect(yield* (yield* Ledger).problems).toEqual([])
      expect((yield* Effect.flip(invoices.refund((yield* ordered("Acme", "k2")).id, "r3", "no"))).code).toBe(
        "invoice.unpaid"
      )
    }).pipe(Effect.provide(catalogLayer))
  )

  it.effect("can be credited in parts, never by more than their amount", () =>
    Effect.gen(function* () {
      yield* listed
      const invoices = yield* Invoices
      const order = yield* paid("Acme", "k1")
      const late = yield* invoices.credit(order.id, "c1", 0.25, "two days late")
      expect(late.net).toBe(-Math.ceil(order.price.minor * 0.25))
      expect(yield* invoices.credit(order.id, "c1", 0.25, "two days late")).toEqual(late)
      yield* invoices.credit(order.id, "c2", 0.5, "later still")
      expect((yield* Effect.flip(invoices.credit(order.id, "c3", 0.5, "too much"))).code).toBe("credit.exceeds")
      expect((yield* Effect.flip(invoices.credit(order.id, "c4", 1.5, "too much"))).code).toBe("credit.share")
    }).pipe(Effect.provide(catalogLayer))
  )

  it.effect("charge a month of metered use by its tiers, and late use in the next month", () =>
    Effect.gen(function* () {
      yield* listed
      const [invoices, usage] = [yield* Invoices, yield* Usage]
      yield* invoices.setTariff(product, "calls", "2026-11-01", tariff)
      yield* usage.record("Acme", [use("1", 100_000, "2026-11-12T08:00:00Z"), use("2", 30_000, "2026-11-12T08:10:00Z")])
      expect((yield* Effect.flip(invoices.closeMonth("2026-11"))).code).toBe("invoice.period")
      yield* TestClock.setTime(Date.parse("2026-12-01T00:00:00Z"))
      const [invoice] = yield* invoices.closeMonth("2026-11")
      expect(invoice).toMatchObject({ net: 4_250_000, buyer: { buyer: "Acme" }, period: "2026-11" })
      expect(invoice!.lines[0]!.tiers.map(({ quantity, minor }) => [quantity, minor])).toEqual([
        ["10000", 500_000],
        ["90000", 3_150_000],
        ["30000", 600_000]
      ])
      expect(invoice!.lines[0]!.evidence).toBe((yield* usage.totals("Acme"))[0]!.evidence)
      expect(yield* invoices.closeMonth("2026-11")).toEqual([invoice])
      const late = yield* usage.record("Acme", [use("3", 100, "2026-11-30T23:59:59Z")])
      expect(late).toEqual({ accepted: 1, duplicates: 0, late: 1 })
      yield* TestClock.setTime(Date.parse("2027-01-01T00:00:00Z"))
      const [next] = yield* invoices.closeMonth("2026-12")
      expect(next).toMatchObject({ net: 5_000, period: "2026-12" })
      expect(yield* (yield* Ledger).problems).toEqual([])
    }).pipe(Effect.provide(catalogLayer))
  )

  it.effect("close nothing where a used meter has no tariff", () =>
    Effect.gen(function* () {
      yield* listed
      yield* (yield* Usage).record("Acme", [use("1", 5, "2026-11-12T08:00:00Z")])
      yield* TestClock.setTime(Date.parse("2026-12-01T00:00:00Z"))
      const error = yield* Effect.flip((yield* Invoices).closeMonth("2026-11"))
      expect(error).toMatchObject({ _tag: "BadInput", code: "invoice.tariff" })
      yield* (yield* Usage).record("Acme", [use("2", 5, "2026-11-12T08:00:00Z")])
      expect((yield* (yield* Usage).totals())[0]).toMatchObject({ period: "2026-11", quantity: 10 })
    }).pipe(Effect.provide(catalogLayer))
  )
})

describe("postEntry", () => {
  it.effect("throws for lines that do not balance, and cannot be changed afterwards", () =>
    Effect.gen(function* () {
      const records = yield* Records
      const entry = { kind: "payment" as const, operation: "x", currency: "CNY", at: listedAt, note: "" }
      const broken = [
        { account: "bank", minor: 5 },
        { account: "revenue/x", minor: -4 }
      ]
      yield* records.write((db) => {
        expect(() => postEntry(db, { ...entry, lines: broken })).toThrow(RangeError)
        postEntry(db, { ...entry, lines: [broken[0]!, { account: "revenue/x", minor: -5 }] })
        expect(() => db.run("update journal_line set minor = 6")).toThrow("append-only")
        expect(() => db.run("delete from journal_entry")).toThrow("append-only")
      })
    }).pipe(Effect.provide(catalogLayer))
  )
})
