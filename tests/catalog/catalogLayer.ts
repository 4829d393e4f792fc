import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { NodeServices } from "@effect/platform-node"
import { Effect, Layer } from "effect"
import { Deliveries } from "#catalog/delivery/Deliveries.ts"
import { catalogMigrations } from "#catalog/migrations.ts"
import { Orders } from "#catalog/order/Orders.ts"
import { Catalog } from "#catalog/product/Catalog.ts"
import { Quotes } from "#catalog/quote/Quotes.ts"
import { Scenarios } from "#catalog/scenario/Scenarios.ts"
import { Home } from "#core/home/Home.ts"
import { Log } from "#core/log/Log.ts"
import { logMigrations } from "#core/log/migrations.ts"
import { Noise } from "#privacy/dp/Noise.ts"
import { Records } from "#core/records/Records.ts"

/** The catalog's services over records in memory and a home in a temporary folder that goes with the test. */
export const catalogLayer = Layer.unwrap(
  Effect.map(
    Effect.acquireRelease(
      Effect.sync(() => mkdtempSync(join(tmpdir(), "assay-catalog-"))),
      (folder) => Effect.sync(() => rmSync(folder, { recursive: true, force: true }))
    ),
    (folder) => {
      const records = Records.memory([...logMigrations, ...catalogMigrations])
      const ground = Layer.mergeAll(Log.layer.pipe(Layer.provideMerge(records)), Home.layer(join(folder, "home")))
      return Layer.mergeAll(Scenarios.layer, Quotes.layer, Orders.layer, Deliveries.layer).pipe(
        Layer.provideMerge(Layer.mergeAll(Catalog.layer, Noise.layer)),
        Layer.provideMerge(ground),
        Layer.provideMerge(NodeServices.layer)
      )
    }
  )
)
