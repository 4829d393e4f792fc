import { createReadStream } from "node:fs"
import { DateTime, Effect, Exit, FileSystem, Scope } from "effect"
import type { Context } from "effect"
import { BadInput } from "#core/BadInput.ts"
import { Home } from "#core/home/Home.ts"
import { Records } from "#core/records/Records.ts"
import { Unavailable } from "#core/Unavailable.ts"
import { explainQuote } from "#pricing/quote/explainQuote.ts"
import type { Quote } from "#pricing/quote/Quote.ts"
import { Deliveries } from "#catalog/delivery/Deliveries.ts"
import type { DeliveryFormat } from "#catalog/delivery/DeliveryFormat.ts"
import type { Order } from "#catalog/order/Order.ts"
import { Orders } from "#catalog/order/Orders.ts"
import { Catalog } from "#catalog/product/Catalog.ts"
import { menuOf } from "#catalog/product/menuOf.ts"
import type { ProductVersion } from "#catalog/product/ProductVersion.ts"
import { Quotes } from "#catalog/quote/Quotes.ts"
import type { Quote as QuotePage } from "../../api/Quote.ts"
import type { Order as OrderLine } from "../../api/Order.ts"
import type { Principal } from "../Principal.ts"
import type { Views } from "../Views.ts"

type World = Catalog | Deliveries | FileSystem.FileSystem | Home | Orders | Quotes | Records
type SaleViews = Pick<
  Views["Service"],
  "makeQuote" | "quote" | "placeOrder" | "payOrder" | "orders" | "delivery" | "certificate"
>

/** The steps of a sale, each for the principal who asks: what belongs to another is as unknown as what never was. */
export function saleViews(world: Context.Context<World>): SaleViews {
  const within = <A, E>(effect: Effect.Effect<A, E, World>): Effect.Effect<A, E> => Effect.provideContext(effect, world)
  return {
    makeQuote: (request, principal) =>
      within(
        Effect.gen(function* () {
          const records = yield* Records
          const quote = yield* (yield* Quotes).create(request.product, undefined, request.offer)
          const now = DateTime.formatIso(yield* DateTime.now)
          yield* records.write((db) =>
            db.run("insert into quote_owner values ($quote, $name, $now)", {
              quote: quote.id,
              name: principal.name,
              now
            })
          )
          return yield* quotePage(quote)
        })
      ),
    quote: (id, principal) => within(Effect.flatMap(ownQuote(id, principal), quotePage)),
    // One order a quote: the quote's id is the key, so a second click is the same order.
    placeOrder: ({ quote }, principal) =>
      within(
        Effect.gen(function* () {
          yield* ownQuote(quote, principal)
          return yield* orderLine(yield* (yield* Orders).place({ quote, buyer: principal.name, key: `page:${quote}` }))
        })
      ),
    payOrder: (id) =>
      within(
        Effect.flatMap(
          Orders.use((orders) => orders.pay(id, `page:${id}`)),
          orderLine
        )
      ),
    orders: ({ role, name }) =>
      within(
        Effect.flatMap(
          Orders.use((orders) => orders.list(role === "steward" ? undefined : name)),
          orderLines
        )
      ),
    delivery: (id, format, principal) => within(deliver(id, format, principal)),
    certificate: (id, format, principal) => within(certificate(id, format, principal))
  }
}

const unknown = (thing: "quote" | "order"): BadInput =>
  new BadInput({
    code: `${thing}.unknown`,
    message: `You have no such ${thing}.`,
    fix: thing === "quote" ? "Get a quote on the product's page." : "Choose one of your orders."
  })

const ownQuote = Effect.fnUntraced(function* (id: string, { name }: Principal) {
  const records = yield* Records
  const owner = yield* records.read((db) =>
    db.get<{ name: string }>("select name from quote_owner where quote = $id", { id })
  )
  return owner?.name === name ? yield* (yield* Quotes).get(id) : yield* unknown("quote")
})

/** Another buyer's order and one that never was get one answer. */
const ownOrder = Effect.fnUntraced(function* (id: string, { name }: Principal) {
  const orders = yield* Orders
  const order = yield* orders
    .get(id)
    .pipe(Effect.catch((error) => (error.code === "order.unknown" ? unknown("order") : Effect.fail(error))))
  return order.buyer === name ? order : yield* unknown("order")
})

const quotePage = Effect.fnUntraced(function* (quote: Quote) {
  const { version } = yield* (yield* Catalog).show(quote.product, quote.version)
  const page: QuotePage = {
    id: quote.id,
    product: quote.product,
    title: version.offering.title,
    version: quote.version,
    part: partOf(version, quote.offer),
    price: quote.price,
    priceTree: explainQuote(quote),
    issuedAt: quote.issuedAt,
    expiresAt: quote.expiresAt,
    hash: quote.hash
  }
  return page
})

/** Thousands of orders are of a few versions. */
const orderLines = Effect.fnUntraced(function* (orders: ReadonlyArray<Order>) {
  const one = new Map(orders.map((order) => [`${order.product} ${order.version}`, order]))
  const lines = yield* Effect.forEach(one, ([key, order]) =>
    Effect.map(orderLine(order), ({ title }) => [key, title] as const)
  )
  const titles = new Map(lines)
  return orders.map((order): OrderLine => ({ ...order, title: titles.get(`${order.product} ${order.version}`)! }))
})

const orderLine = Effect.fnUntraced(function* (order: Order) {
  const { version } = yield* (yield* Catalog).show(order.product, order.version)
  const line: OrderLine = { ...order, title: version.offering.title }
  return line
})

/** Writes the delivery to a folder of its own, which goes when the last byte has left or the buyer hangs up. */
const deliver = Effect.fnUntraced(function* (id: string, format: DeliveryFormat, principal: Principal) {
  const order = yield* ownOrder(id, principal)
  const files = yield* FileSystem.FileSystem
  const { tmp } = yield* Home
  const scope = yield* Scope.make()
  const close = Scope.close(scope, Exit.void)
  const handed = Effect.gen(function* () {
    const folder = yield* files
      .makeTempDirectoryScoped({ directory: tmp, prefix: "download-" })
      .pipe(Effect.mapError(noRoom))
    return yield* (yield* Deliveries).deliver(id, format, folder, true)
  }).pipe(Effect.provideService(Scope.Scope, scope))
  const { file, sha256, bytes } = yield* Effect.onError(handed, () => close)
  return {
    fileName: `${order.product}-${order.version}.${format}`,
    mediaType: mediaTypes[format],
    artefact: sha256,
    size: bytes,
    read: (range?: { readonly start: number; readonly end: number }) => {
      const piece = createReadStream(file, { ...range, highWaterMark: 1 << 20 })
      piece.once("close", () => void Effect.runPromise(close))
      return piece
    },
    close: () => void Effect.runPromise(close)
  }
})

const certificate = Effect.fnUntraced(function* (id: string, format: DeliveryFormat, principal: Principal) {
  yield* ownOrder(id, principal)
  const found = yield* (yield* Records).read((db) =>
    db.get<{ document: string }>(
      "select document from delivery_certificate where order_id = $id and format = $format limit 1",
      { id, format }
    )
  )
  if (found !== undefined) return JSON.parse(found.document) as object
  return yield* new BadInput({
    code: "certificate.unknown",
    message: `Nothing of this order was delivered as ${format} yet.`,
    fix: "Download the file first; its certificate is made with it."
  })
})

const mediaTypes: Readonly<Record<DeliveryFormat, string>> = {
  parquet: "application/vnd.apache.parquet",
  csv: "text/csv; charset=utf-8",
  jsonl: "application/x-ndjson",
  arrow: "application/vnd.apache.arrow.stream"
}

const noRoom = (): Unavailable =>
  new Unavailable({
    code: "delivery.disk",
    message: "The delivery could not be prepared.",
    fix: "Check that the disk of the home folder has space, then download again."
  })

/** An offer of a version's menu beside the whole; null for the whole itself. */
function partOf(version: ProductVersion, id: string | undefined) {
  const { offers } = menuOf(version)
  const offer = offers.find((one) => one.id === id)
  if (offer === undefined || offer === offers[0]) return null
  const told = ({ columns, stratum, accuracy }: typeof offer) => ({
    columns,
    slice: stratum?.value ?? null,
    accuracy: accuracy.value
  })
  return { offer: told(offer), whole: told(offers[0]!) }
}
