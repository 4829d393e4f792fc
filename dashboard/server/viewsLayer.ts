import { DateTime, Effect, FileSystem, Layer, Path } from "effect"
import { Home } from "#core/home/Home.ts"
import { Records } from "#core/records/Records.ts"
import { Warehouse } from "#core/warehouse/Warehouse.ts"
import type { WarehouseError } from "#core/warehouse/WarehouseError.ts"
import { Budget } from "#privacy/budget/Budget.ts"
import { Engine } from "#pipelines/engine/Engine.ts"
import type { Connections } from "#pipelines/sources/Connections.ts"
import { Deliveries } from "#catalog/delivery/Deliveries.ts"
import type { Invoices } from "#catalog/invoice/Invoices.ts"
import { Orders } from "#catalog/order/Orders.ts"
import { Catalog } from "#catalog/product/Catalog.ts"
import { Quotes } from "#catalog/quote/Quotes.ts"
import type { Search } from "#catalog/search/Search.ts"
import type { Usage } from "#catalog/usage/Usage.ts"
import { runFeed } from "./events/runFeed.ts"
import { faceViewsLayer } from "./face/faceViewsLayer.ts"
import { assetViews } from "./view/assetViews.ts"
import { billingViews } from "./view/billingViews.ts"
import { assetFields, homeTags } from "./view/fieldViews.ts"
import { budgetOf } from "./view/budgetOf.ts"
import { cardOf } from "./view/cardOf.ts"
import { productPages } from "./view/productPages.ts"
import { saleViews } from "./view/saleViews.ts"
import { mendWarehouse } from "./view/mendWarehouse.ts"
import { valueOf } from "./view/valueOf.ts"
import { Views } from "./Views.ts"
import type { ViewsError } from "./Views.ts"

const views = Layer.effect(
  Views,
  Effect.gen(function* () {
    const catalog = yield* Catalog
    const budget = yield* Budget
    const orders = yield* Orders
    const records = yield* Records
    const world = yield* Effect.context<
      | Catalog
      | Connections
      | Deliveries
      | Engine
      | FileSystem.FileSystem
      | Home
      | Invoices
      | Orders
      | Path.Path
      | Quotes
      | Records
      | Search
      | Usage
      | Warehouse
    >()

    const budgetNow = Effect.gen(function* () {
      const today = DateTime.formatIso(yield* DateTime.now).slice(0, 10)
      return budgetOf(yield* budget.spent, yield* budget.ledger, yield* catalog.list, today)
    })
    const within = <A>(
      effect: Effect.Effect<
        A,
        ViewsError | WarehouseError,
        Connections | Engine | FileSystem.FileSystem | Path.Path | Records | Warehouse
      >
    ) => mendWarehouse(Effect.provideContext(effect, world))
    // Commits of other processes raise the first, those of this one the second.
    const version = records.read((db) => {
      const { data_version: others } = db.get<{ data_version: number }>("pragma data_version")!
      return `${others} ${db.get<{ n: number }>("select total_changes() as n")!.n}`
    })
    return Views.of({
      products: Effect.map(catalog.list, (listings) => listings.map(cardOf)),
      ...(yield* productPages(world)),
      ...saleViews(world),
      ...billingViews(world),
      ...assetViews(world),
      assetFields: (key) => within(assetFields(key)),
      fieldTags: within(homeTags()),
      value: Effect.gen(function* () {
        const asOf = DateTime.formatIso(yield* DateTime.now)
        return valueOf(yield* catalog.sold, yield* orders.list(), yield* budgetNow, asOf)
      }),
      budget: budgetNow,
      version,
      runs: runFeed(records),
      healthy: Effect.asVoid(records.read((db) => db.get("select 1 as one")))
    })
  })
)

/** The pages' view of a real home. */
export const viewsLayer = Layer.mergeAll(views, faceViewsLayer)
