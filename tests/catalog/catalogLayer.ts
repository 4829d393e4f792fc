import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { NodeServices } from "@effect/platform-node"
import { Effect, Layer } from "effect"
import { TestClock } from "effect/testing"
import { Accuracy } from "#catalog/accuracy/Accuracy.ts"
import { billingMigrations } from "#catalog/billingMigrations.ts"
import { Lifecycle } from "#catalog/life/Lifecycle.ts"
import { Vouchers } from "#catalog/life/Vouchers.ts"
import { lifeMigrations } from "#catalog/life/migrations.ts"
import { Inbox } from "#catalog/notice/Inbox.ts"
import { noticeMigrations } from "#catalog/notice/migrations.ts"
import { recallMigrations } from "#catalog/recall/migrations.ts"
import { Buyers } from "#catalog/buyer/Buyers.ts"
import { Deliveries } from "#catalog/delivery/Deliveries.ts"
import { Evidences } from "#catalog/index/Evidences.ts"
import { Indexes } from "#catalog/index/Indexes.ts"
import { Invoices } from "#catalog/invoice/Invoices.ts"
import { Ledger } from "#catalog/ledger/Ledger.ts"
import { catalogMigrations } from "#catalog/migrations.ts"
import { Orders } from "#catalog/order/Orders.ts"
import { Catalog } from "#catalog/product/Catalog.ts"
import { Quotes } from "#catalog/quote/Quotes.ts"
import { Scenarios } from "#catalog/scenario/Scenarios.ts"
import { saleMigrations } from "#catalog/saleMigrations.ts"
import { searchMigrations } from "#catalog/search/migrations.ts"
import { Search } from "#catalog/search/Search.ts"
import { Shares } from "#catalog/sharing/Shares.ts"
import { ApiKeys } from "#catalog/lookup/ApiKeys.ts"
import { Lookups } from "#catalog/lookup/Lookups.ts"
import { Trials } from "#catalog/trial/Trials.ts"
import { RevenueShares } from "#catalog/share/RevenueShares.ts"
import { ServiceLevels } from "#catalog/sla/ServiceLevels.ts"
import { Costs } from "#catalog/value/Costs.ts"
import { TotalRevenue } from "#catalog/value/TotalRevenue.ts"
import { Usage } from "#catalog/usage/Usage.ts"
import { Values } from "#catalog/value/Values.ts"
import { Webhooks } from "#catalog/webhook/Webhooks.ts"
import { Home } from "#core/home/Home.ts"
import { Log } from "#core/log/Log.ts"
import { logMigrations } from "#core/log/migrations.ts"
import { Budget } from "#privacy/budget/Budget.ts"
import { budgetMigrations } from "#privacy/budget/migrations.ts"
import { Noise } from "#privacy/dp/Noise.ts"
import { Records } from "#core/records/Records.ts"

/** The log drains by the wall clock: under a test clock that leaps for years it would drain for every quarter of a second of them. */
const log = Layer.unwrap(TestClock.withLive(Effect.map(Layer.build(Log.memory), Layer.succeedContext)))

/** The catalog's services over records in memory and a home in a temporary folder that goes with the test. */
export const catalogLayer = Layer.unwrap(
  Effect.map(
    Effect.acquireRelease(
      Effect.sync(() => mkdtempSync(join(tmpdir(), "assay-catalog-"))),
      (folder) => Effect.sync(() => rmSync(folder, { recursive: true, force: true }))
    ),
    (folder) => {
      const records = Records.memory([
        ...logMigrations,
        ...budgetMigrations,
        ...catalogMigrations,
        ...billingMigrations,
        ...searchMigrations,
        ...recallMigrations,
        ...lifeMigrations,
        ...noticeMigrations,
        ...saleMigrations
      ])
      const ground = Layer.mergeAll(log.pipe(Layer.provideMerge(records)), Home.layer(join(folder, "home")))
      return Layer.mergeAll(
        Trials.layer.pipe(Layer.provide(Layer.mergeAll(Orders.layer, Quotes.layer))),
        ApiKeys.layer,
        Costs.layer,
        RevenueShares.layer,
        ServiceLevels.layer,
        TotalRevenue.layer,
        Lookups.layer,
        Accuracy.layer,
        Values.layer,
        Indexes.layer,
        Scenarios.layer,
        Quotes.layer,
        Orders.layer,
        Deliveries.layer,
        Buyers.layer,
        Evidences.layer,
        Inbox.layer,
        Webhooks.layer,
        Vouchers.layer,
        Invoices.layer,
        Ledger.layer,
        Lifecycle.layer,
        Search.layer,
        Shares.layer,
        Usage.layer
      ).pipe(
        Layer.provideMerge(Layer.mergeAll(Catalog.layer, Noise.layer, Budget.layer)),
        Layer.provideMerge(ground),
        Layer.provideMerge(NodeServices.layer)
      )
    }
  )
)
