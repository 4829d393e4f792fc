import { Context, DateTime, Effect, Layer } from "effect"
import { BadInput } from "#core/BadInput.ts"
import { Home } from "#core/home/Home.ts"
import { canonicalJson } from "#core/json/canonicalJson.ts"
import { sha256Hex } from "#core/json/sha256Hex.ts"
import { Log } from "#core/log/Log.ts"
import { Records } from "#core/records/Records.ts"
import type { Db, RecordsError } from "#core/records/Records.ts"
import { Refused } from "#core/Refused.ts"
import { Budget } from "#privacy/budget/Budget.ts"
import { readTariffFile } from "#pricing/tariff/readTariffFile.ts"
import { accounts } from "../ledger/accounts.ts"
import { postEntry } from "../ledger/postEntry.ts"
import { readOrder } from "../order/readOrder.ts"
import { creditInvoice } from "./creditInvoice.ts"
import type { Invoice } from "./Invoice.ts"
import { invoiceUsage } from "./invoiceUsage.ts"

/** What is added to invoices to buyers of a country from a day on. */
export interface TaxRate {
  readonly country: string
  readonly since: string
  readonly basisPoints: number
  readonly note: string
}

/** What buyers owe and have paid, line by line, with what shows it. */
export class Invoices extends Context.Service<
  Invoices,
  {
    /** Of one buyer, or of all, newest first. */
    list(buyer?: string): Effect.Effect<ReadonlyArray<Invoice>, RecordsError>
    get(number: string): Effect.Effect<Invoice, RecordsError>
    /** Invoices the metered use of a month that has ended: of every buyer that used something, or of one. */
    closeMonth(period: string, buyer?: string): Effect.Effect<ReadonlyArray<Invoice>, RecordsError>
    /** Gives the money of an order back, ends what it entitled to, and issues the credit note. One key refunds once. */
    refund(order: string, key: string, reason: string): Effect.Effect<Invoice, RecordsError>
    /** Credits a share of an order's invoice for a breach of its service level; it stays entitled. */
    credit(order: string, key: string, share: number, reason: string): Effect.Effect<Invoice, RecordsError>
    /** Sets what a meter of a product costs from a day on; `json` is a tariff file without `quantity`. */
    setTariff(product: string, meter: string, since: string, json: unknown): Effect.Effect<void, RecordsError>
    /** Sets the tax rate of a country from a day on. */
    setTax(country: string, since: string, basisPoints: number, note: string): Effect.Effect<void, RecordsError>
    /** Every rate that was set, by country, the newest first. */
    readonly taxes: Effect.Effect<ReadonlyArray<TaxRate>, RecordsError>
  }
>()("catalog/Invoices") {
  static readonly layer: Layer.Layer<Invoices, never, Records | Log | Home | Budget> = Layer.effect(
    Invoices,
    Effect.gen(function* () {
      const records = yield* Records
      const budget = yield* Budget
      const seal = { log: yield* Log, home: yield* Home }
      const clock = Effect.map(DateTime.now, DateTime.formatIso)

      const list = Effect.fn("Invoices.list")((buyer?: string) =>
        records.read((db) =>
          db
            .all<{ document: string }>(
              "select document from invoice where buyer = coalesce($buyer, buyer) order by issued_at desc, number desc",
              { buyer: buyer ?? null }
            )
            .map(({ document }) => JSON.parse(document) as Invoice)
        )
      )

      const get = Effect.fn("Invoices.get")((number: string) =>
        records.read((db) => {
          const found = db.get<{ document: string }>("select document from invoice where number = $number", { number })
          if (found !== undefined) return JSON.parse(found.document) as Invoice
          throw new BadInput({
            code: "invoice.unknown",
            message: `There is no invoice ${number.slice(0, 40)}.`,
            fix: "assay invoice list shows them.",
            where: { field: "invoice" }
          })
        })
      )

      const closeMonth = Effect.fn("Invoices.closeMonth")(function* (period: string, buyer?: string) {
        const now = yield* clock
        return yield* records.write((db) => {
          checkEnded(period, now)
          return db
            .all<{ tenant: string }>(
              `select distinct tenant from usage_total
               where period = $period and tenant = coalesce($buyer, tenant) order by tenant`,
              { period, buyer: buyer ?? null }
            )
            .flatMap(({ tenant }) => invoiceUsage(db, seal, tenant, period, now))
        })
      })

      const refund = Effect.fn("Invoices.refund")(function* (order: string, key: string, reason: string) {
        const now = yield* clock
        return yield* records.write((db) => {
          const invoice = invoiceOf(db, order)
          const ended = db.get<{ key: string | null }>("select key from entitlement_end where order_id = $order", {
            order
          })
          if (ended !== undefined && ended.key !== key) throw alreadyEnded(order)
          const note = creditInvoice(db, seal, { invoice, operation: `refund ${order}`, share: 1, reason }, now)
          if (ended !== undefined) return note
          db.run("insert into entitlement_end values ($order, $now, $reason, $key)", { order, now, reason, key })
          budget.letGo(db, order, now)
          postEntry(db, {
            kind: "refund",
            operation: order,
            currency: note.currency,
            at: now,
            note: note.number,
            lines: [
              { account: accounts.receivable(note.buyer.buyer), minor: -note.gross },
              { account: accounts.bank, minor: note.gross }
            ]
          })
          return note
        })
      })

      const credit = Effect.fn("Invoices.credit")(function* (
        order: string,
        key: string,
        share: number,
        reason: string
      ) {
        const now = yield* clock
        return yield* records.write((db) =>
          creditInvoice(
            db,
            seal,
            { invoice: invoiceOf(db, order), operation: `credit ${order} ${key}`, share, reason },
            now
          )
        )
      })

      const setTariff = Effect.fn("Invoices.setTariff")(function* (
        product: string,
        meter: string,
        since: string,
        json: unknown
      ) {
        yield* records.write((db) => {
          checkDay(since)
          const whole = { ...(typeof json === "object" ? json : {}), quantity: 0 }
          const { tariff } = readTariffFile(whole)
          const own = db.get<{ currency: string }>("select currency from product where name = $product", { product })
          if (own === undefined || own.currency !== tariff.currency) throw strangeProduct(product, own?.currency)
          const document = canonicalJson(whole)
          const hash = sha256Hex(document)
          db.run(
            `insert into meter_tariff values ($product, $meter, $since, $document, $hash)
             on conflict do update set document = excluded.document, hash = excluded.hash`,
            { product, meter, since, document, hash }
          )
          seal.log.append(db, { type: "price", operation: `${product} ${meter} ${since}`, commitment: hash })
        })
      })

      const setTax = Effect.fn("Invoices.setTax")((country: string, since: string, basisPoints: number, note: string) =>
        records.write((db) => {
          checkDay(since)
          if (!/^[A-Z]{2}$/.test(country) || !Number.isInteger(basisPoints) || basisPoints < 0 || basisPoints > 10_000)
            throw strangeTax()
          db.run(
            `insert into tax_rate values ($country, $since, $basisPoints, $note)
             on conflict do update set basis_points = excluded.basis_points, note = excluded.note`,
            { country, since, basisPoints, note }
          )
        })
      )
      return Invoices.of({ list, get, closeMonth, refund, credit, setTariff, setTax, taxes: records.read(readTaxes) })
    })
  )
}

const readTaxes = (db: Db): ReadonlyArray<TaxRate> =>
  db.all<TaxRate & object>(
    "select country, since, basis_points as basisPoints, note from tax_rate order by country, since desc"
  )

function invoiceOf(db: Db, order: string): Invoice {
  const { id } = readOrder(db, order)
  const found = db.get<{ document: string }>(
    "select document from invoice where kind = 'invoice' and operation = $id",
    { id }
  )
  if (found !== undefined) return JSON.parse(found.document) as Invoice
  throw new Refused({
    code: "invoice.unpaid",
    message: `The order ${id} was not paid, so there is nothing to give back.`,
    fix: "Note its payment with `assay pay ORDER` if the money has come.",
    where: { field: "order" }
  })
}

function checkEnded(period: string, now: string): void {
  if (/^\d{4}-(?:0[1-9]|1[0-2])$/.test(period) && period < now.slice(0, 7)) return
  throw new BadInput({
    code: "invoice.period",
    message: "Metered use is invoiced for a month that has ended.",
    fix: "Write it as 2026-10, and wait for the first day of the next.",
    where: { field: "period" }
  })
}

function checkDay(day: string): void {
  const time = Date.parse(day)
  if (/^\d{4}-\d\d-\d\d$/.test(day) && time >= 0 && new Date(time).toISOString().slice(0, 10) === day) return
  throw new BadInput({
    code: "flag.since",
    message: "--since takes a day.",
    fix: "Write it as 2026-11-01.",
    where: { field: "since" }
  })
}

const alreadyEnded = (order: string): Refused =>
  new Refused({
    code: "refund.ended",
    message: `The order ${order} was given back before, under another key.`,
    fix: "Nothing needs to be done; use the same key only to repeat a request.",
    where: { field: "key" }
  })

const strangeProduct = (product: string, currency: string | undefined): BadInput =>
  new BadInput({
    code: "tariff.product",
    message:
      currency === undefined
        ? `There is no product ${product.slice(0, 80)}.`
        : `${product} is sold in ${currency}, the tariff is in another currency.`,
    fix: currency === undefined ? "assay product list shows them." : `Write the tariff in ${currency}.`,
    where: { field: "product" }
  })

const strangeTax = (): BadInput =>
  new BadInput({
    code: "tax.form",
    message: "A tax rate is a country of two capital letters and 0 to 100 percent with at most two decimals.",
    fix: "Write, for example: assay admin tax CN 6",
    where: { field: "tax" }
  })
