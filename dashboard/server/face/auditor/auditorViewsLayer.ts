import { Effect, Layer } from "effect"
import type { Home } from "#core/home/Home.ts"
import type { Log } from "#core/log/Log.ts"
import type { Records } from "#core/records/Records.ts"
import type { Warehouse } from "#core/warehouse/Warehouse.ts"
import type { WarehouseError } from "#core/warehouse/WarehouseError.ts"
import type { Engine } from "#pipelines/engine/Engine.ts"
import type { Catalog } from "#catalog/product/Catalog.ts"
import { mendWarehouse } from "../../view/mendWarehouse.ts"
import type { ViewsError } from "../../Views.ts"
import { AuditorViews } from "./AuditorViews.ts"
import { offlineBundle } from "./bundleViews.ts"
import { countKinds, logEntries, logProof, logState, verifyLog } from "./logViews.ts"
import { certificateOfRelease, checkCoverage, releasesOf } from "./releaseViews.ts"

type Services = Catalog | Engine | Home | Log | Records | Warehouse

/** The pages of auditors on a real home. */
export const auditorViewsLayer = Layer.effect(
  AuditorViews,
  Effect.gen(function* () {
    const world = yield* Effect.context<Services>()
    const within = <A>(effect: Effect.Effect<A, ViewsError | WarehouseError, Services>): Effect.Effect<A, ViewsError> =>
      mendWarehouse(Effect.provideContext(effect, world))
    const kinds = countKinds()
    return AuditorViews.of({
      log: within(logState(kinds)),
      entries: (before, type) => within(logEntries(before, type)),
      proof: (index) => within(logProof(index)),
      verify: within(verifyLog()),
      releases: within(releasesOf()),
      certificate: (id) => within(certificateOfRelease(id)),
      bundle: within(offlineBundle()),
      checks: within(checkCoverage())
    })
  })
)
