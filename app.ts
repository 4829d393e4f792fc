import { Effect, Layer } from "effect"
import * as NodeServices from "@effect/platform-node/NodeServices"
import { Home } from "#core/home/Home.ts"
import { Log } from "#core/log/Log.ts"
import { logMigrations } from "#core/log/migrations.ts"
import type { Migration } from "#core/records/migrate.ts"
import { Records } from "#core/records/Records.ts"
import { Warehouse } from "#core/warehouse/Warehouse.ts"
import { accessMigrations } from "#privacy/access/migrations.ts"
import { enrolledPasskeys } from "#privacy/access/passkey/enrolledPasskeys.ts"
import { Budget } from "#privacy/budget/Budget.ts"
import { budgetMigrations } from "#privacy/budget/migrations.ts"
import { PersonalCaps } from "#privacy/budget/PersonalCaps.ts"
import { compensationMigrations } from "#privacy/consent/compensation/migrations.ts"
import { Tariffs } from "#privacy/consent/compensation/Tariffs.ts"
import { Consent } from "#privacy/consent/Consent.ts"
import { Guard } from "#privacy/consent/guard/Guard.ts"
import { consentMigrations } from "#privacy/consent/migrations.ts"
import { revocationMigrations } from "#privacy/consent/revocation/migrations.ts"
import { Revocations } from "#privacy/consent/revocation/Revocations.ts"
import { useMigrations } from "#privacy/consent/use/migrations.ts"
import { Uses } from "#privacy/consent/use/Uses.ts"
import { synthesisMigrations } from "#privacy/synthesis/release/migrations.ts"
import { Census } from "#privacy/dp/census/Census.ts"
import { Noise } from "#privacy/dp/Noise.ts"
import { Automation } from "#pipelines/automation/Automation.ts"
import { automationMigrations } from "#pipelines/automation/migrations.ts"
import { definitionsLayer } from "#pipelines/definitions.ts"
import { Engine } from "#pipelines/engine/Engine.ts"
import { engineMigrations } from "#pipelines/engine/migrations.ts"
import { Runs } from "#pipelines/engine/Runs.ts"
import { scansLayer } from "#pipelines/guard/scansLayer.ts"
import { captureLayer } from "#pipelines/lineage/captureLayer.ts"
import { lineageMigrations } from "#pipelines/lineage/migrations.ts"
import { makersLayer } from "#pipelines/makers.ts"
import { Releases } from "#pipelines/release/Releases.ts"
import { Connections } from "#pipelines/sources/Connections.ts"
import { Accuracy } from "#catalog/accuracy/Accuracy.ts"
import { orderedReleasesLayer } from "#catalog/accuracy/orderedReleasesLayer.ts"
import { Benefits } from "#catalog/benefit/Benefits.ts"
import { billingMigrations } from "#catalog/billingMigrations.ts"
import { RevenueShares } from "#catalog/share/RevenueShares.ts"
import { ServiceLevels } from "#catalog/sla/ServiceLevels.ts"
import { Costs } from "#catalog/value/Costs.ts"
import { TotalRevenue } from "#catalog/value/TotalRevenue.ts"
import { Drills } from "#catalog/backup/Drills.ts"
import { Buyers } from "#catalog/buyer/Buyers.ts"
import { Deliveries } from "#catalog/delivery/Deliveries.ts"
import { Evidences } from "#catalog/index/Evidences.ts"
import { Indexes } from "#catalog/index/Indexes.ts"
import { Invoices } from "#catalog/invoice/Invoices.ts"
import { Ledger } from "#catalog/ledger/Ledger.ts"
import { Lifecycle } from "#catalog/life/Lifecycle.ts"
import { Vouchers } from "#catalog/life/Vouchers.ts"
import { lifeMigrations } from "#catalog/life/migrations.ts"
import { ApiKeys } from "#catalog/lookup/ApiKeys.ts"
import { Lookups } from "#catalog/lookup/Lookups.ts"
import { catalogMigrations } from "#catalog/migrations.ts"
import { Inbox } from "#catalog/notice/Inbox.ts"
import { noticeMigrations } from "#catalog/notice/migrations.ts"
import { Orders } from "#catalog/order/Orders.ts"
import { Catalog } from "#catalog/product/Catalog.ts"
import { impactLayer } from "#catalog/product/impactLayer.ts"
import { ProductFiles, productFileMigrations } from "#catalog/product/ProductFiles.ts"
import { productsLayer } from "#catalog/product/productsLayer.ts"
import { Quotes } from "#catalog/quote/Quotes.ts"
import { affectedLayer } from "#catalog/recall/affectedLayer.ts"
import { recallMigrations } from "#catalog/recall/migrations.ts"
import { Recalls } from "#catalog/recall/Recalls.ts"
import { Scenarios } from "#catalog/scenario/Scenarios.ts"
import { Shares } from "#catalog/sharing/Shares.ts"
import { saleMigrations } from "#catalog/saleMigrations.ts"
import { searchMigrations } from "#catalog/search/migrations.ts"
import { Search } from "#catalog/search/Search.ts"
import { Trials } from "#catalog/trial/Trials.ts"
import { Usage } from "#catalog/usage/Usage.ts"
import { Values } from "#catalog/value/Values.ts"
import { Webhooks } from "#catalog/webhook/Webhooks.ts"
import { embedMigrations } from "#dashboard/server/embed/migrations.ts"
import { dashboardMigrations } from "#dashboard/server/migrations.ts"
import { openIdMigrations } from "#dashboard/server/openid/migrations.ts"
import { OpenId } from "#dashboard/server/openid/OpenId.ts"
import { Principals } from "#dashboard/server/security/Principals.ts"
import { Sessions } from "#dashboard/server/Sessions.ts"

/** Every step of the records' schema, floor by floor. A new step goes to the end of its own list. */
const migrations: ReadonlyArray<Migration> = [
  ...logMigrations,
  ...budgetMigrations,
  ...engineMigrations,
  ...catalogMigrations,
  ...productFileMigrations,
  ...billingMigrations,
  ...searchMigrations,
  ...recallMigrations,
  ...lifeMigrations,
  ...noticeMigrations,
  ...consentMigrations,
  ...revocationMigrations,
  ...useMigrations,
  ...synthesisMigrations,
  ...dashboardMigrations,
  ...accessMigrations,
  ...embedMigrations,
  ...automationMigrations,
  ...lineageMigrations,
  ...saleMigrations,
  ...compensationMigrations,
  ...openIdMigrations
]

const home = (path: string) => Home.layer(path).pipe(Layer.provideMerge(NodeServices.layer))

const records = Layer.unwrap(Effect.map(Home, ({ recordsFile }) => Records.layer(recordsFile, migrations)))

const consent = Layer.mergeAll(Revocations.layer, Tariffs.layer, Uses.layer).pipe(
  Layer.provideMerge(Layer.mergeAll(affectedLayer, Consent.layer)),
  Layer.provideMerge(enrolledPasskeys)
)

/** What works on the records and the shelf alone: several processes may hold it at the same time. */
export const salesApp = (path: string) =>
  Trials.layer.pipe(
    Layer.provideMerge(
      Layer.mergeAll(Values.layer, Indexes.layer, Scenarios.layer, Deliveries.layer, Orders.layer, Quotes.layer)
    ),
    Layer.provideMerge(
      Layer.mergeAll(
        Accuracy.layer,
        ApiKeys.layer,
        Benefits.layer,
        Buyers.layer,
        Costs.layer,
        Drills.layer,
        Evidences.layer,
        Inbox.layer,
        Invoices.layer,
        Ledger.layer,
        Lifecycle.layer,
        Lookups.layer,
        Recalls.layer,
        RevenueShares.layer,
        Search.layer,
        ServiceLevels.layer,
        Shares.layer,
        TotalRevenue.layer,
        Usage.layer,
        Vouchers.layer,
        Webhooks.layer
      )
    ),
    Layer.provideMerge(consent),
    Layer.provideMerge(OpenId.layer.pipe(Layer.provide(Principals.layer))),
    Layer.provideMerge(Layer.mergeAll(Budget.layer, PersonalCaps.layer, Runs.layer, Sessions.layer)),
    Layer.provideMerge(Layer.mergeAll(Catalog.layer, ProductFiles.layer, Connections.layer, Noise.layer)),
    Layer.provideMerge(Log.layer),
    Layer.provideMerge(records),
    Layer.provideMerge(home(path))
  )

const warehouse = Layer.unwrap(
  Effect.map(Home, ({ warehouseFile, tmp, shelf }) =>
    Warehouse.layer({ path: warehouseFile, spill: tmp, directories: [shelf, tmp] })
  )
)

/** The whole house: also the warehouse, which one process holds at a time. */
export const houseApp = (path: string) =>
  Automation.layer.pipe(
    Layer.provideMerge(Engine.layer),
    Layer.provideMerge(Layer.mergeAll(captureLayer, impactLayer, scansLayer)),
    Layer.provideMerge(makersLayer),
    Layer.provideMerge(Releases.layer),
    Layer.provideMerge(definitionsLayer),
    Layer.provideMerge(Layer.mergeAll(Census.layer, Guard.layer)),
    Layer.provideMerge(Layer.mergeAll(orderedReleasesLayer, productsLayer, warehouse)),
    Layer.provideMerge(salesApp(path))
  )

export type SalesServices = Layer.Success<ReturnType<typeof salesApp>>
export type HouseServices = Layer.Success<ReturnType<typeof houseApp>>
