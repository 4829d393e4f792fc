import { mkdtempSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { NodeServices } from "@effect/platform-node"
import { Effect, Layer, Ref } from "effect"
import { Home } from "#core/home/Home.ts"
import { Records } from "#core/records/Records.ts"
import { Warehouse } from "#core/warehouse/Warehouse.ts"
import type { Asset } from "#pipelines/engine/Asset.ts"
import { Definitions } from "#pipelines/engine/Definitions.ts"
import { Engine } from "#pipelines/engine/Engine.ts"
import { Makers } from "#pipelines/engine/Makers.ts"
import { engineMigrations } from "#pipelines/engine/migrations.ts"
import type { RunEvent } from "#pipelines/engine/RunEvent.ts"
import { Runs } from "#pipelines/engine/Runs.ts"
import { openScans } from "./openScans.ts"

/** What an asset of a test need not say. */
export const plainAsset = {
  group: "test",
  owners: [],
  description: { en: "", zh: "" },
  grain: [],
  checks: [],
  deps: []
}

export interface EngineTools {
  readonly engine: Engine["Service"]
  readonly warehouse: Warehouse["Service"]
  readonly runs: Runs["Service"]
  readonly define: (assets: ReadonlyArray<Asset>) => Effect.Effect<void>
  /** Runs, and gives the events beside the report. */
  readonly run: (
    options?: Partial<Parameters<Engine["Service"]["run"]>[0]>
  ) => Effect.Effect<
    Effect.Success<ReturnType<Engine["Service"]["run"]>> & { readonly events: ReadonlyArray<RunEvent> },
    Effect.Error<ReturnType<Engine["Service"]["run"]>>
  >
}

/** An engine in memory whose definitions a test can change and whose sources are landed by `land`. */
export const openEngine = <A, E>(
  assets: ReadonlyArray<Asset>,
  body: (tools: EngineTools) => Effect.Effect<A, E>,
  land: Makers["Service"]["land"] = () => Effect.die("no sources here")
) =>
  Effect.gen(function* () {
    const definitions = yield* Ref.make(assets)
    const ports = Layer.mergeAll(
      Layer.succeed(Definitions, Definitions.of({ load: Ref.get(definitions) })),
      Layer.succeed(Makers, Makers.of({ land, release: () => Effect.die("no releases here") }))
    )
    const layer = Engine.layer.pipe(
      Layer.provideMerge(openScans),
      Layer.provideMerge(ports),
      Layer.provideMerge(Layer.mergeAll(Warehouse.memory, Runs.layer)),
      Layer.provideMerge(
        Layer.mergeAll(Records.memory(engineMigrations), Home.layer(mkdtempSync(join(tmpdir(), "assay-engine-"))))
      ),
      Layer.provideMerge(NodeServices.layer)
    )
    return yield* Effect.gen(function* () {
      const engine = yield* Engine
      const warehouse = yield* Warehouse
      const run: EngineTools["run"] = (options) => {
        const events: Array<RunEvent> = []
        const onEvent = (event: RunEvent): void => void events.push(event)
        return Effect.map(engine.run({ selection: "", asOf: "2026-01-31", onEvent, ...options }), (report) => ({
          ...report,
          events
        }))
      }
      return yield* body({ engine, warehouse, runs: yield* Runs, define: (next) => Ref.set(definitions, next), run })
    }).pipe(Effect.provide(layer, { local: true }))
  })
