import { createHash, randomUUID } from "node:crypto"
import { Readable } from "node:stream"
import { Clock, DateTime, Effect, Layer } from "effect"
import { BadInput } from "#core/BadInput.ts"
import { newId } from "#core/ids/newId.ts"
import { Refused } from "#core/Refused.ts"
import type { Order } from "#dashboard/api/Order.ts"
import type { Quote } from "#dashboard/api/Quote.ts"
import type { Principal } from "#dashboard/server/Principal.ts"
import { Views } from "#dashboard/server/Views.ts"
import { assetGraph } from "./assetGraph.ts"
import { budgetExample } from "./budgetExample.ts"
import { memoryFaces } from "./memoryFaces.ts"
import { products } from "./products.ts"

const unknown = (thing: string): BadInput =>
  new BadInput({
    code: `${thing}.unknown`,
    message: `There is no such ${thing} for you.`,
    fix: `Open the list and choose a ${thing} from it.`
  })

const find = <A>(thing: string, found: A | undefined): Effect.Effect<A, BadInput> =>
  found === undefined ? Effect.fail(unknown(thing)) : Effect.succeed(found)

const views: Layer.Layer<Views> = Layer.sync(Views, () => {
  const quotes = new Map<string, Quote & { readonly buyer: string }>()
  const orders = new Map<string, Order>()
  const now = Effect.map(Clock.currentTimeMillis, (millis) => DateTime.makeUnsafe(millis))
  const mine = (order: Order | undefined, { role, name }: Principal): Order | undefined =>
    role === "steward" || order?.buyer === name ? order : undefined

  return Views.of({
    products: Effect.succeed(products.map((product) => product.card)),
    product: (id) =>
      find(
        "product",
        products.find((product) => product.card.id === id)
      ),
    makeQuote: Effect.fnUntraced(function* ({ product: id }, { name }) {
      const { card, priceTree } = yield* find(
        "product",
        products.find((product) => product.card.id === id)
      )
      const issued = yield* now
      const quote: Quote = {
        id: newId("quo"),
        product: id,
        title: card.title,
        version: card.version,
        part: null,
        price: card.price,
        priceTree,
        issuedAt: DateTime.formatIso(issued),
        expiresAt: DateTime.formatIso(DateTime.add(issued, { hours: 24 })),
        hash: "4be1d03c9a7f2e6815d4c0b9a3f7e2815c6d9b0a4f3e7d2815c9b6a0d4f3e7b2"
      }
      quotes.set(quote.id, { ...quote, buyer: name })
      return quote
    }),
    quote: (id, { name }) => {
      const quote = quotes.get(id)
      return find("quote", quote?.buyer === name ? quote : undefined)
    },
    placeOrder: Effect.fnUntraced(function* (request, { name }) {
      const quote = quotes.get(request.quote)
      const { id, product, title, version, price } = yield* find("quote", quote?.buyer === name ? quote : undefined)
      const orderedAt = DateTime.formatIso(yield* now)
      const order: Order = {
        id: newId("ord"),
        quote: id,
        product,
        title,
        version,
        buyer: name,
        price,
        state: "ordered",
        orderedAt,
        paidAt: null,
        deliveredAt: null
      }
      orders.set(order.id, order)
      return order
    }),
    payOrder: Effect.fnUntraced(function* (id) {
      const order = yield* find("order", orders.get(id))
      const paid: Order = { ...order, state: "paid", paidAt: DateTime.formatIso(yield* now) }
      orders.set(id, paid)
      return paid
    }),
    orders: (principal) => Effect.succeed([...orders.values()].filter((order) => mine(order, principal)).toReversed()),
    delivery: Effect.fnUntraced(function* (id, format, principal) {
      const order = yield* find("order", mine(orders.get(id), principal))
      if (order.paidAt === null) {
        return yield* new Refused({
          code: "delivery.unpaid",
          message: "The order has not been paid.",
          fix: "Pay it; a steward confirms the payment, then the download opens."
        })
      }
      const { preview } = yield* find(
        "product",
        products.find((product) => product.card.id === order.product)
      )
      const lines = [preview.columns, ...preview.rows].map((row) => `${row.join(",")}\r\n`)
      const bytes = Buffer.from(lines.join(""))
      return {
        fileName: `${order.product}-${order.version}.${format}`,
        mediaType: format === "csv" ? "text/csv; charset=utf-8" : "application/vnd.apache.parquet",
        artefact: createHash("sha256").update(bytes).digest("hex"),
        size: bytes.length,
        read: (range?: { readonly start: number; readonly end: number }) =>
          Readable.from([range === undefined ? bytes : bytes.subarray(range.start, range.end + 1)]),
        close: () => undefined
      }
    }),
    certificate: () => Effect.succeed({ format: "assay-delivery/1" }),
    invoices: () => Effect.succeed([]),
    usage: () => Effect.succeed([]),
    search: ({ text = "" }) => {
      const found = products
        .map(({ card }) => card)
        .filter(({ id, title }) => `${id} ${title.zh} ${title.en}`.includes(text))
      const kind = [{ value: "dp_aggregate", products: found.length }]
      return Effect.succeed({ total: found.length, more: false, products: found, facets: { kind } })
    },
    assets: ({ role }) =>
      Effect.succeed(
        role === "steward"
          ? assetGraph
          : { ...assetGraph, nodes: assetGraph.nodes.map((node) => ({ ...node, rows: null })) }
      ),
    asset: (key) =>
      Effect.map(
        find(
          "asset",
          assetGraph.nodes.find((node) => node.key === key)
        ),
        (node) => ({
          node,
          description: {
            zh: "规范模型中，来源所知的每个事物占一行。",
            en: "One row per thing the source knows, in the canonical model."
          },
          owners: ["sales-ops"],
          upstream: assetGraph.edges.filter((edge) => edge.to === key).map((edge) => edge.from),
          downstream: assetGraph.edges.filter((edge) => edge.from === key).map((edge) => edge.to),
          columns: [
            { name: "account_id", type: "VARCHAR" },
            { name: "subject_id", type: "VARCHAR" },
            { name: "created_at", type: "TIMESTAMP" },
            { name: "amount_minor", type: "BIGINT" }
          ],
          checks: [
            { name: "key is unique", blocking: true, outcome: "passed" as const },
            { name: "subject is known", blocking: false, outcome: "passed" as const }
          ],
          materializations: [
            { run: "run_4k2m9p7q1s3t", madeAt: node.madeAt!, version: node.version!, rows: node.rows, millis: 412 },
            { run: "run_1s3t5v8w0x2y", madeAt: "2026-10-22T02:14:00Z", version: "v_2k1", rows: node.rows, millis: 397 }
          ]
        })
      ),
    value: Effect.map(now, (instant) => {
      const all = [...orders.values()]
      const sum = (of: ReadonlyArray<Order>) => ({
        minor: of.reduce((total, { price }) => total + price.minor, 0),
        currency: "CNY"
      })
      const paid = all.filter((order) => order.paidAt !== null)
      const { cap: limit, spent, left, runsOut } = budgetExample
      const past = [21_000_000, 33_400_000, 47_800_000, 52_600_000]
      const revenue = past.map((minor, i) => ({ day: `2026-0${6 + i}-15`, paid: { minor, currency: "CNY" } }))
      return {
        asOf: DateTime.formatIso(instant),
        totals: [
          {
            listed: { minor: products.reduce((total, { card }) => total + card.price.minor, 0), currency: "CNY" },
            ordered: sum(all),
            paid: sum(paid),
            revenue
          }
        ],
        orders: all.length,
        products: products.map(({ card }) => {
          const sold = all.filter((order) => order.product === card.id)
          return {
            id: card.id,
            title: card.title,
            price: card.price,
            ordered: sum(sold),
            paid: sum(sold.filter((order) => order.paidAt !== null)),
            orders: sold.length,
            freshness: card.freshness,
            depth: card.depth.score,
            rho: card.guarantee.rho * 4
          }
        }),
        budget: { cap: limit, spent, left, runsOut }
      }
    }),
    budget: Effect.succeed(budgetExample),
    assetFields: () =>
      Effect.succeed([
        { name: "amount", type: "DOUBLE", tags: ["dpv-pd:Transactional"] },
        { name: "buyer_name", type: "VARCHAR", tags: ["dpv-pd:Name"] },
        { name: "decision_maker", type: "VARCHAR", tags: ["crm.decision_maker"] },
        { name: "note", type: "VARCHAR", tags: ["unclassified"] }
      ]),
    fieldTags: Effect.succeed(new Map()),
    version: Effect.sync(() => randomUUID()),
    runs: { topic: "runs", event: "run", read: () => Effect.succeed([]), newest: Effect.succeed(0) },
    healthy: Effect.void
  })
})

/** Views that remember in the process: the behaviour of a home without one. */
export const memoryViews = Layer.mergeAll(views, memoryFaces)
