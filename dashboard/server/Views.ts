import type { Readable } from "node:stream"
import { Context } from "effect"
import type { Effect } from "effect"
import type { BadInput } from "#core/BadInput.ts"
import type { Refused } from "#core/Refused.ts"
import type { Unavailable } from "#core/Unavailable.ts"
import type { AssetDetail } from "../api/AssetDetail.ts"
import type { AssetGraph } from "../api/AssetGraph.ts"
import type { Budget } from "../api/Budget.ts"
import type { DeliveryFormat } from "../api/DeliveryFormat.ts"
import type { Invoice } from "../api/Invoice.ts"
import type { Order } from "../api/Order.ts"
import type { OrderRequest } from "../api/OrderRequest.ts"
import type { Product } from "../api/Product.ts"
import type { ProductCard } from "../api/ProductCard.ts"
import type { Quote } from "../api/Quote.ts"
import type { QuoteRequest } from "../api/QuoteRequest.ts"
import type { SearchOrder, SearchResult } from "../api/SearchResult.ts"
import type { UsageTotal } from "../api/UsageTotal.ts"
import type { Value } from "../api/Value.ts"
import type { Feed } from "./Feed.ts"
import type { Principal } from "./Principal.ts"
import type { FieldTags } from "#pipelines/guard/fieldTags.ts"
import type { AssetColumn } from "./view/fieldViews.ts"

export type ViewsError = BadInput | Refused | Unavailable

/** A file on its way to a buyer. */
export interface Delivery {
  readonly fileName: string
  readonly mediaType: string
  /** SHA-256 of its bytes: the same purchase is the same bytes. */
  readonly artefact: string
  readonly size: number
  /** The bytes, or a part of them. To be called once, or `close` instead. */
  read(range?: { readonly start: number; readonly end: number }): Readable
  /** Lets go of what was prepared where nothing is read. */
  close(): void
}

/** What is looked for, as it came. */
export interface Looked {
  readonly text?: string
  readonly order?: typeof SearchOrder.Type
  readonly kind?: string
  readonly price?: string
  readonly freshness?: string
  readonly tradability?: string
  readonly purpose?: string
  readonly territory?: string
  readonly owner?: string
  readonly offset?: string
}

/**
 * What the pages need of the lower floors, in the pages' own words. The server knows nothing else of them.
 *
 * An implementation answers only for the principal given: another buyer's quote or order is as unknown as one that never was.
 */
export class Views extends Context.Service<
  Views,
  {
    readonly products: Effect.Effect<ReadonlyArray<ProductCard>, ViewsError>
    product(id: string): Effect.Effect<Product, ViewsError>
    makeQuote(request: QuoteRequest, principal: Principal): Effect.Effect<Quote, ViewsError>
    quote(id: string, principal: Principal): Effect.Effect<Quote, ViewsError>
    placeOrder(request: OrderRequest, principal: Principal): Effect.Effect<Order, ViewsError>
    payOrder(id: string, principal: Principal): Effect.Effect<Order, ViewsError>
    orders(principal: Principal): Effect.Effect<ReadonlyArray<Order>, ViewsError>
    delivery(id: string, format: DeliveryFormat, principal: Principal): Effect.Effect<Delivery, ViewsError>
    /** The certificate of a delivered file; unknown before the first delivery in that format. */
    certificate(id: string, format: DeliveryFormat, principal: Principal): Effect.Effect<object, ViewsError>
    invoices(principal: Principal): Effect.Effect<ReadonlyArray<Invoice>, ViewsError>
    usage(principal: Principal): Effect.Effect<ReadonlyArray<UsageTotal>, ViewsError>
    search(looked: Looked): Effect.Effect<SearchResult, ViewsError>
    assets(principal: Principal): Effect.Effect<AssetGraph, ViewsError>
    asset(key: string, principal: Principal): Effect.Effect<AssetDetail, ViewsError>
    /** The columns of an asset with their tags; who sees which how clearly is not decided here. */
    assetFields(key: string): Effect.Effect<ReadonlyArray<AssetColumn>, ViewsError>
    /** The tags of every column of the home. */
    readonly fieldTags: Effect.Effect<FieldTags, ViewsError>
    readonly value: Effect.Effect<Value, ViewsError>
    readonly budget: Effect.Effect<Budget, ViewsError>
    /** Changes whenever anything in the records does. */
    readonly version: Effect.Effect<string, ViewsError>
    /** What runs say while they go. */
    readonly runs: Omit<Feed, "after">
    /** Fails when the server should not be sent requests. */
    readonly healthy: Effect.Effect<void, ViewsError>
  }
>()("dashboard/Views") {}
