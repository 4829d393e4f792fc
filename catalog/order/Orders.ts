import { Context, DateTime, Effect, Layer } from "effect"
import { BadInput } from "#core/BadInput.ts"
import { Home } from "#core/home/Home.ts"
import { newId } from "#core/ids/newId.ts"
import { canonicalJson } from "#core/json/canonicalJson.ts"
import { Log } from "#core/log/Log.ts"
import { Records } from "#core/records/Records.ts"
import type { Db, RecordsError } from "#core/records/Records.ts"
import { Refused } from "#core/Refused.ts"
import { Budget } from "#privacy/budget/Budget.ts"
import { firmAccuracy } from "../accuracy/firmAccuracy.ts"
import { reserveAccuracy } from "../accuracy/reserveAccuracy.ts"
import { recordVote } from "../demand/demandOfProduct.ts"
import { invoiceOrder } from "../invoice/invoiceOrder.ts"
import { menuOf } from "../product/menuOf.ts"
import { requireOnSale } from "../life/requireOnSale.ts"
import type { ProductVersion } from "../product/ProductVersion.ts"
import { readQuote } from "../quote/readQuote.ts"
import { requireThawed } from "../recall/requireThawed.ts"
import { requireTerms } from "../terms/requireTerms.ts"
import { stateAfter } from "./Order.ts"
import type { Order } from "./Order.ts"
import { readOrder, readOrders } from "./readOrder.ts"

/** Names one attempt of a caller: the same key again is the same attempt, and changes nothing. */
export interface Placement {
  readonly quote: string
  readonly buyer: string
  readonly key: string
  /** What the buyer will use it for; left out, the product's own purpose. */
  readonly purpose?: string
}

/** Sales: quoted, ordered, paid, delivered. Every step is an entry of the log. */
export class Orders extends Context.Service<
  Orders,
  {
    /** Orders what a quote offers at its price. `BadInput` if the quote is unknown or expired, `Refused` outside the terms. */
    place(placement: Placement): Effect.Effect<Order, RecordsError>
    /** Notes that a person has seen the money, issues the invoice and entitles the buyer. One key charges once; a second key is `Refused`. */
    pay(order: string, key: string): Effect.Effect<Order, RecordsError>
    /** Calls an order off before it is paid, and gives back what it had reserved. Repeating it changes nothing. */
    cancel(order: string, reason: string): Effect.Effect<Order, RecordsError>
    get(order: string): Effect.Effect<Order, RecordsError>
    /** Orders of one buyer, or of all, newest first. */
    list(buyer?: string): Effect.Effect<ReadonlyArray<Order>, RecordsError>
  }
>()("catalog/Orders") {
  static readonly layer: Layer.Layer<Orders, never, Records | Log | Home | Budget> = Layer.effect(
    Orders,
    Effect.gen(function* () {
      const records = yield* Records
      const log = yield* Log
      const home = yield* Home
      const budget = yield* Budget
      const note = (db: Db, order: Order): Order => {
        // Keyed, since who bought what at which price is nobody else's business.
        log.append(db, { type: "order", operation: order.id, commitment: home.hmac("order", canonicalJson(order)) })
        return order
      }

      const place = Effect.fn("Orders.place")(function* (placement: Placement) {
        const now = DateTime.formatIso(yield* DateTime.now)
        return yield* records.write((db) => {
          checkName("buyer", placement.buyer)
          checkName("key", placement.key)
          const before = orderUnder(db, placement)
          return before ?? note(db, insertOrder(db, budget, placement, now))
        })
      })

      const pay = Effect.fn("Orders.pay")(function* (order: string, key: string) {
        const now = DateTime.formatIso(yield* DateTime.now)
        return yield* records.write((db) => {
          checkName("key", key)
          const before = readOrder(db, order)
          const paid = db.get<{ id: string }>("select id from buyer_order where payment_key = $key", { key })
          if (paid?.id === order) return before
          if (paid !== undefined) throw keyTaken("payment")
          const state = stateAfter("pay", before.state)
          if (state === undefined) throw alreadyPaid(order)
          if (before.cancelledAt !== undefined) throw calledOff(order, before.cancelledAt)
          firmAccuracy(db, budget, order, now)
          db.run("update buyer_order set state = $state, paid_at = $now, payment_key = $key where id = $order", {
            order,
            state,
            now,
            key
          })
          db.run(
            `insert into entitlement (order_id, buyer, version_id, since)
             select id, buyer, version_id, $now from buyer_order where id = $order`,
            { order, now }
          )
          const after = readOrder(db, order)
          invoiceOrder(db, { log, home }, after, now)
          return note(db, after)
        })
      })

      const cancel = Effect.fn("Orders.cancel")(function* (order: string, reason: string) {
        const now = DateTime.formatIso(yield* DateTime.now)
        return yield* records.write((db) => {
          const before = readOrder(db, order)
          if (before.cancelledAt !== undefined) return before
          if (before.state !== "ordered") throw paidBefore(order)
          db.run("insert into order_cancelled values ($order, $now, $reason)", { order, now, reason })
          budget.letGo(db, order, now)
          return note(db, readOrder(db, order))
        })
      })

      return Orders.of({
        place,
        pay,
        cancel,
        get: Effect.fn("Orders.get")((order: string) => records.read((db) => readOrder(db, order))),
        list: Effect.fn("Orders.list")((buyer?: string) => records.read((db) => readOrders(db, buyer ?? null)))
      })
    })
  )
}

function orderUnder(db: Db, { quote, buyer, key }: Placement): Order | undefined {
  const before = db.get<{ id: string; quote: string }>(
    "select id, quote from buyer_order where buyer = $buyer and order_key = $key",
    { buyer, key }
  )
  if (before === undefined) return undefined
  if (before.quote !== quote) throw keyTaken("order")
  return readOrder(db, before.id)
}

function insertOrder(
  db: Db,
  budget: Budget["Service"],
  { quote: quoteId, buyer, key, ...use }: Placement,
  now: string
): Order {
  const quote = readQuote(db, quoteId)
  if (quote === undefined || now >= quote.expiresAt) throw notOrderable(quoteId, quote?.expiresAt)
  requireOnSale(db, quote.product)
  requireThawed(db, quote.product)
  const { currency } = db.get<{ currency: string }>("select currency from product where name = $product", {
    product: quote.product
  })!
  if (quote.price.currency !== currency) throw foreignCurrency(quoteId, quote.price.currency, currency)
  const { document } = db.get<{ document: string }>(
    "select v.document from quote q join product_version v on v.id = q.version_id where q.id = $quoteId",
    { quoteId }
  )!
  const version = JSON.parse(document) as ProductVersion
  const purpose = requireTerms(db, version, { buyer, ...use }, now)
  const id = newId("ord")
  db.run(
    `insert into buyer_order (id, quote, version_id, buyer, state, price_minor, currency, ordered_at, order_key)
     select $id, id, version_id, $buyer, $state, $minor, $currency, $now, $key from quote where id = $quote`,
    {
      id,
      quote: quoteId,
      buyer,
      state: stateAfter("order", "quoted")!,
      minor: quote.price.minor,
      currency: quote.price.currency,
      now,
      key
    }
  )
  db.run("insert into order_purpose values ($id, $purpose)", { id, purpose })
  const offer = menuOf(version).offers.find((one) => one.id === quote.offer)
  reserveAccuracy(db, budget, version, offer, { id, buyer }, purpose, now)
  recordVote(db, id)
  return readOrder(db, id)
}

function checkName(field: "buyer" | "key", name: string): void {
  if (/^[^\p{Cc}\p{Cs}]{1,200}$/u.test(name) && name.trim() === name) return
  throw new BadInput({
    code: `order.${field}`,
    message: `The ${field} of an order is empty, too long or has characters that cannot be printed.`,
    fix: "Write 1 to 200 printable characters without blanks around them.",
    where: { field }
  })
}

function notOrderable(quote: string, expiresAt: string | undefined): BadInput {
  return new BadInput({
    code: expiresAt === undefined ? "quote.unknown" : "quote.expired",
    message:
      expiresAt === undefined
        ? `There is no quote ${quote.slice(0, 60)}.`
        : `The quote ${quote} could be ordered until ${expiresAt}.`,
    fix: "Ask for a new one with `assay quote PRODUCT`, then order that.",
    where: { field: "quote" }
  })
}

const foreignCurrency = (quote: string, given: string, own: string): BadInput =>
  new BadInput({
    code: "quote.currency",
    message: `The quote ${quote} is in ${given}, but its product is sold in ${own}.`,
    fix: `Ask for a new one with \`assay quote PRODUCT\`; it will be in ${own}.`,
    where: { field: "quote" }
  })

const calledOff = (order: string, at: string): Refused =>
  new Refused({
    code: "order.cancelled",
    message: `The order ${order} was called off on ${at.slice(0, 10)}.`,
    fix: "Ask for a new quote and order that.",
    where: { field: "order" }
  })

const paidBefore = (order: string): Refused =>
  new Refused({
    code: "order.paid",
    message: `The order ${order} is paid, so it cannot be called off.`,
    fix: "Give the money back with: assay refund ORDER --reason TEXT",
    where: { field: "order" }
  })

const keyTaken = (what: "order" | "payment"): Refused =>
  new Refused({
    code: `${what}.key`,
    message: `This key was already used for another ${what}.`,
    fix: `Use a fresh key for every ${what}, and the same one only to repeat it.`,
    where: { field: "key" }
  })

const alreadyPaid = (order: string): Refused =>
  new Refused({
    code: "order.paid",
    message: `The order ${order} is paid already.`,
    fix: "Nothing needs to be done; deliver it with `assay deliver ORDER`.",
    where: { field: "order" }
  })
