import { join } from "node:path"
import * as NodeServices from "@effect/platform-node/NodeServices"
import { Effect, Layer } from "effect"
import { Home } from "#core/home/Home.ts"
import { Records } from "#core/records/Records.ts"
import { Warehouse } from "#core/warehouse/Warehouse.ts"
import type { Asset } from "#pipelines/engine/Asset.ts"
import { Definitions } from "#pipelines/engine/Definitions.ts"
import { Engine } from "#pipelines/engine/Engine.ts"
import { Makers } from "#pipelines/engine/Makers.ts"
import { engineMigrations } from "#pipelines/engine/migrations.ts"
import { Runs } from "#pipelines/engine/Runs.ts"
import { openScans } from "../tests/pipelines/engine/openScans.ts"

/** The engine alone, without licences, on a home in `folder`, with these definitions, read anew at each look. */
export const crm20Engine = (folder: string, assets: () => ReadonlyArray<Asset>) => {
  const ports = Layer.mergeAll(
    openScans,
    Layer.succeed(Definitions, Definitions.of({ load: Effect.sync(assets) })),
    Layer.succeed(Makers, Makers.of({ land: () => Effect.die("none"), release: () => Effect.die("none") }))
  )
  const warehouse = Warehouse.layer({ path: join(folder, "w.duckdb"), spill: folder, directories: [folder] })
  return Engine.layer.pipe(
    Layer.provideMerge(ports),
    Layer.provideMerge(Layer.mergeAll(warehouse, Runs.layer)),
    Layer.provideMerge(Layer.mergeAll(Records.layer(join(folder, "r.sqlite"), engineMigrations), Home.layer(folder))),
    Layer.provideMerge(NodeServices.layer)
  )
}
