import { Schema } from "effect"
import { AssetDetail } from "./AssetDetail.ts"
import { AssetField } from "./AssetField.ts"
import { AssetGraph } from "./AssetGraph.ts"
import { Budget } from "./Budget.ts"
import { DeliveryFormat } from "./DeliveryFormat.ts"
import { faceRoutes } from "./face/faceRoutes.ts"
import { Health } from "./Health.ts"
import { Invoice } from "./Invoice.ts"
import { Order } from "./Order.ts"
import { OrderRequest } from "./OrderRequest.ts"
import { Product } from "./Product.ts"
import { ProductCard } from "./ProductCard.ts"
import { Quote } from "./Quote.ts"
import { QuoteRequest } from "./QuoteRequest.ts"
import { route } from "./route.ts"
import { securityRoutes } from "./security/securityRoutes.ts"
import { Session } from "./Session.ts"
import { SearchOrder, SearchResult } from "./SearchResult.ts"
import { SignIn } from "./SignIn.ts"
import { UsageTotal } from "./UsageTotal.ts"
import { Value } from "./Value.ts"

/** Every route of the server with who may call it. The server, the API document and the tests of access are made from this. */
export const routes = {
  ...faceRoutes,
  ...securityRoutes,
  health: route({
    method: "GET",
    path: "/healthz",
    callers: "anyone",
    summary: "Tells that the server answers and its records can be read",
    response: Health
  }),
  ready: route({
    method: "GET",
    path: "/readyz",
    callers: "anyone",
    summary: "Tells that requests may be sent: the records can be read and the server keeps up",
    response: Health
  }),
  document: route({
    method: "GET",
    path: "/api/openapi.json",
    callers: "anyone",
    summary: "This document",
    response: "document"
  }),
  session: route({
    method: "GET",
    path: "/api/session",
    callers: "anyone",
    summary: "Tells who is signed in",
    response: Session
  }),
  signIn: route({
    method: "POST",
    path: "/api/sign-in",
    callers: "anyone",
    summary: "Uses up a one-time link and opens a session",
    body: SignIn,
    response: Session
  }),
  signOut: route({
    method: "POST",
    path: "/api/sign-out",
    callers: "anyone",
    summary: "Ends the session",
    response: Session
  }),
  products: route({
    method: "GET",
    path: "/api/products",
    callers: ["steward", "buyer", "executive"],
    summary: "Lists the products on sale",
    versioned: true,
    response: Schema.Array(ProductCard)
  }),
  product: route({
    method: "GET",
    path: "/api/products/:id",
    callers: ["steward", "buyer", "executive"],
    summary: "Shows a product: scenario, dictionary, guarantee, price and preview",
    versioned: true,
    response: Product
  }),
  makeQuote: route({
    method: "POST",
    path: "/api/quotes",
    callers: ["buyer"],
    summary: "Quotes the current version of a product for 24 hours",
    body: QuoteRequest,
    response: Quote
  }),
  quote: route({
    method: "GET",
    path: "/api/quotes/:id",
    callers: ["buyer"],
    summary: "Shows one of the caller's quotes",
    response: Quote
  }),
  placeOrder: route({
    method: "POST",
    path: "/api/orders",
    callers: ["buyer"],
    summary: "Orders at the price of a quote",
    body: OrderRequest,
    response: Order
  }),
  payOrder: route({
    method: "POST",
    path: "/api/orders/:id/pay",
    callers: ["steward"],
    summary: "Confirms that the payment of an order has arrived",
    response: Order
  }),
  orders: route({
    method: "GET",
    path: "/api/orders",
    callers: ["steward", "buyer"],
    summary: "Lists the caller's orders; for a steward those of all buyers",
    response: Schema.Array(Order)
  }),
  certificate: route({
    method: "GET",
    path: "/api/orders/:id/certificate",
    callers: ["buyer"],
    summary: "Shows the signed certificate of a delivered file, as `assay verify` takes it",
    query: { format: DeliveryFormat },
    response: "document"
  }),
  invoices: route({
    method: "GET",
    path: "/api/invoices",
    callers: ["steward", "buyer", "executive"],
    summary: "Lists the caller's invoices and credit notes; for a steward or executive those of all buyers",
    response: Schema.Array(Invoice)
  }),
  usage: route({
    method: "GET",
    path: "/api/usage",
    callers: ["steward", "buyer", "executive"],
    summary: "Lists metered use by month; for a steward or executive that of all buyers",
    response: Schema.Array(UsageTotal)
  }),
  search: route({
    method: "GET",
    path: "/api/search",
    callers: ["steward", "buyer", "executive"],
    summary: "Finds products by words of either language, with facets",
    versioned: true,
    query: {
      text: Schema.optionalKey(Schema.String.check(Schema.isMaxLength(200))),
      order: Schema.optionalKey(SearchOrder),
      kind: Schema.optionalKey(Schema.String.check(Schema.isMaxLength(60))),
      price: Schema.optionalKey(Schema.String.check(Schema.isMaxLength(60))),
      freshness: Schema.optionalKey(Schema.String.check(Schema.isMaxLength(60))),
      tradability: Schema.optionalKey(Schema.String.check(Schema.isMaxLength(60))),
      purpose: Schema.optionalKey(Schema.String.check(Schema.isMaxLength(200))),
      territory: Schema.optionalKey(Schema.String.check(Schema.isMaxLength(200))),
      owner: Schema.optionalKey(Schema.String.check(Schema.isMaxLength(200))),
      offset: Schema.optionalKey(Schema.String.check(Schema.isPattern(/^\d{1,5}$/)))
    },
    response: SearchResult
  }),
  delivery: route({
    method: "GET",
    path: "/api/orders/:id/delivery",
    callers: ["buyer"],
    summary: "Downloads what a paid order bought",
    query: { format: DeliveryFormat },
    response: "file"
  }),
  assets: route({
    method: "GET",
    path: "/api/assets",
    callers: ["steward", "executive"],
    summary: "Shows the asset graph; row counts for stewards only",
    response: AssetGraph
  }),
  asset: route({
    method: "GET",
    path: "/api/assets/:key",
    callers: ["steward"],
    summary: "Shows one asset: columns, checks, materializations",
    response: AssetDetail
  }),
  assetFields: route({
    method: "GET",
    path: "/api/assets/:key/fields",
    callers: ["steward"],
    summary: "Shows the columns of an asset with their categories, and how clearly their values are shown",
    response: Schema.Array(AssetField)
  }),
  value: route({
    method: "GET",
    path: "/api/value",
    callers: ["executive"],
    summary: "Shows list price, ordered and paid revenue and the budget",
    response: Value
  }),
  events: route({
    method: "GET",
    path: "/api/events",
    callers: ["steward", "admin"],
    summary: "Tells what runs say while they go, as server-sent events; Last-Event-ID or after resumes",
    query: {
      topic: Schema.Literal("runs"),
      after: Schema.optionalKey(Schema.String.check(Schema.isPattern(/^\d{1,15}$/)))
    },
    response: "stream"
  }),
  budget: route({
    method: "GET",
    path: "/api/budget",
    callers: ["steward", "executive"],
    summary: "Shows the privacy loss spent and left, with its charges",
    response: Budget
  })
}
