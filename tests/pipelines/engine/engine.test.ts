import { mkdtempSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { NodeServices } from "@effect/platform-node"
import { assert, describe, it } from "@effect/vitest"
import { Effect, Layer, Ref } from "effect"
import { Home } from "#core/home/Home.ts"
import { Records } from "#core/records/Records.ts"
import { Unavailable } from "#core/Unavailable.ts"
import { Warehouse } from "#core/warehouse/Warehouse.ts"
import type { Asset } from "#pipelines/engine/Asset.ts"
import { Definitions } from "#pipelines/engine/Definitions.ts"
import { Engine } from "#pipelines/engine/Engine.ts"
import { Makers } from "#pipelines/engine/Makers.ts"
import { engineMigrations } from "#pipelines/engine/migrations.ts"
import type { RunEvent } from "#pipelines/engine/RunEvent.ts"
import { Runs } from "#pipelines/engine/Runs.ts"
import { openScans } from "./openScans.ts"

const plain = { group: "test", owners: [], description: { en: "", zh: "" }, grain: [], checks: [] }
const raw: Asset = { ...plain, key: "raw.shop__orders", kind: "source", deps: [] }
const core = (sql: string, checks: Asset["checks"] = []): Asset => ({
  ...plain,
  key: "core.big",
  kind: "full",
  deps: ["raw.shop__orders"],
  sql,
  checks
})
const feature: Asset = {
  ...plain,
  key: "feature.total",
  kind: "full",
  deps: ["core.big"],
  sql: "select sum(n) as total, any_value(_event_id) as _event_id from core.big"
}
const over = "select n, _event_id from raw.shop__orders where n > 2"

/** An engine over one table of five numbers, whose definitions and landing a test can change. */
const withEngine = <A, E>(
  assets: ReadonlyArray<Asset>,
  body: (tools: {
    engine: Engine["Service"]
    warehouse: Warehouse["Service"]
    define: (assets: ReadonlyArray<Asset>) => Effect.Effect<void>
    landing: Ref.Ref<{ rows: number; fails: boolean }>
  }) => Effect.Effect<A, E>
) =>
  Effect.gen(function* () {
    const definitions = yield* Ref.make(assets)
    const landing = yield* Ref.make({ rows: 5, fails: false })
    const ports = Layer.mergeAll(
      Layer.succeed(Definitions, Definitions.of({ load: Ref.get(definitions) })),
      Layer.effect(
        Makers,
        Effect.map(Warehouse, (warehouse) =>
          Makers.of({
            land: () =>
              Effect.gen(function* () {
                const { rows, fails } = yield* Ref.get(landing)
                if (fails) {
                  return yield* new Unavailable({ code: "test.down", message: "It is down.", fix: "Wait." })
                }
                yield* warehouse.run(
                  `create or replace table raw.shop__orders as select range as n, uuid() as _event_id from range(${rows})`
                )
                return { changed: true, dataVersion: `rows ${rows}`, rows, notices: [] }
              }),
            release: () => Effect.die("no releases here")
          })
        )
      )
    )
    const home = mkdtempSync(join(tmpdir(), "assay-engine-"))
    const layer = Engine.layer.pipe(
      Layer.provideMerge(openScans),
      Layer.provideMerge(ports),
      Layer.provideMerge(Layer.mergeAll(Warehouse.memory, Runs.layer)),
      Layer.provideMerge(Layer.mergeAll(Records.memory(engineMigrations), Home.layer(home))),
      Layer.provideMerge(NodeServices.layer)
    )
    return yield* Effect.gen(function* () {
      const engine = yield* Engine
      const warehouse = yield* Warehouse
      return yield* body({ engine, warehouse, landing, define: (next) => Ref.set(definitions, next) })
    }).pipe(Effect.provide(layer, { local: true }))
  })

const run = (engine: Engine["Service"], onEvent: (event: RunEvent) => void = () => undefined, selection = "") =>
  engine.run({ selection, asOf: "2026-11-22", onEvent })

describe("Engine", () => {
  it.effect("makes what is new, then nothing, then only what follows from a change", () =>
    withEngine([raw, core(over), feature], ({ engine, warehouse, define, landing }) =>
      Effect.gen(function* () {
        assert.deepStrictEqual((yield* run(engine)).made, ["raw.shop__orders", "core.big", "feature.total"])
        assert.deepStrictEqual(yield* warehouse.query("select total from feature.total"), [{ total: 7 }])
        assert.deepStrictEqual((yield* run(engine)).made, [])
        yield* define([raw, core(`${over} -- a comment changes nothing`), feature])
        assert.deepStrictEqual((yield* run(engine)).made, [])
        yield* define([raw, core(over.replace("2", "3")), feature])
        assert.deepStrictEqual((yield* run(engine)).made, ["core.big", "feature.total"])
        assert.deepStrictEqual(yield* warehouse.query("select total from feature.total"), [{ total: 4 }])
        yield* Ref.set(landing, { rows: 6, fails: false })
        assert.deepStrictEqual((yield* run(engine)).made, ["raw.shop__orders", "core.big", "feature.total"])
        assert.deepStrictEqual(yield* warehouse.query("select total from feature.total"), [{ total: 9 }])
      })
    )
  )

  it.effect("leaves the published table as it was when a blocking check fails, and keeps the failing events", () =>
    withEngine([raw, core(over)], ({ engine, warehouse, define, landing }) =>
      Effect.gen(function* () {
        yield* run(engine)
        const small = {
          name: "small",
          severity: "block",
          failing: "select _event_id from {table} where n >= 5"
        } as const
        yield* define([raw, core(over, [small]), feature])
        yield* Ref.set(landing, { rows: 7, fails: false })
        const report = yield* run(engine)
        assert.deepStrictEqual(
          report.failed.map(({ asset, error }) => [asset, "code" in error ? error.code : ""]),
          [["core.big", "check.blocking"]]
        )
        assert.deepStrictEqual(report.blocked, ["feature.total"])
        assert.deepStrictEqual(yield* warehouse.query("select max(n) as n from core.big"), [{ n: 4 }])
        assert.deepStrictEqual(
          yield* warehouse.query("select check_name, count(event_id) as n from _assay.failing group by all"),
          [{ check_name: "small", n: 2 }]
        )
        assert.deepStrictEqual(
          yield* warehouse.query("select count(*) as n from duckdb_tables() where schema_name = '_stage'"),
          [{ n: 1 }]
        )
      })
    )
  )

  it.effect("stops what reads a failed asset and nothing else, and goes on when it is back", () =>
    withEngine([raw, core(over), feature], ({ engine, landing }) =>
      Effect.gen(function* () {
        yield* Ref.set(landing, { rows: 5, fails: true })
        const report = yield* run(engine)
        assert.deepStrictEqual(report.failed.length, 1)
        assert.deepStrictEqual(report.blocked, ["core.big", "feature.total"])
        yield* Ref.set(landing, { rows: 5, fails: false })
        assert.deepStrictEqual((yield* run(engine)).made.length, 3)
      })
    )
  )

  it.effect("goes on with the newest run that failed, and makes only what that one did not finish", () =>
    withEngine([raw, core(over), feature], ({ engine, define }) =>
      Effect.gen(function* () {
        const onEvent = () => undefined
        assert.isUndefined(yield* engine.resume(undefined, { asOf: "2026-11-22", onEvent }))
        yield* define([raw, core(over), { ...feature, sql: "select sum(nothing) as total from core.big" }])
        const failed = yield* run(engine)
        assert.deepStrictEqual([failed.made, failed.failed.length], [["raw.shop__orders", "core.big"], 1])
        yield* define([raw, core(over), feature])
        const events: Array<RunEvent> = []
        const resumed = yield* engine.resume(undefined, { asOf: "2026-11-22", onEvent: (event) => events.push(event) })
        assert.deepStrictEqual(resumed?.made, ["feature.total"])
        assert.deepStrictEqual(events[0], { type: "resumed", of: failed.run })
        assert.isUndefined(
          yield* engine.resume(undefined, { asOf: "2026-11-22", onEvent }),
          "nothing is left to go on with"
        )
        const unknown = yield* Effect.flip(engine.resume("run_nothing", { asOf: "2026-11-22", onEvent }))
        assert.strictEqual(unknown._tag, "BadInput")
      })
    )
  )

  it.effect("checks what is published without making anything", () =>
    withEngine([raw, core(over)], ({ engine, warehouse, define }) =>
      Effect.gen(function* () {
        yield* run(engine)
        const small = { name: "small", severity: "warn", breaks: "n >= 4" } as const
        yield* define([raw, core(over, [small])])
        const before = yield* warehouse.query("select count(*) as n from _assay.made")
        assert.deepStrictEqual(yield* engine.check("core.big"), [
          { asset: "core.big", checks: [{ name: "small", severity: "warn", passed: false, failing: 1 }] }
        ])
        assert.deepStrictEqual(yield* warehouse.query("select count(*) as n from _assay.made"), before)
        assert.isUndefined(yield* engine.resume(undefined, { asOf: "2026-11-22", onEvent: () => undefined }))
      })
    )
  )

  it.effect("refuses SQL that reads what it does not declare, before anything is made", () =>
    withEngine([raw, core("select n, _event_id from raw.shop__orders join raw.secret using (n)")], ({ engine }) =>
      Effect.gen(function* () {
        const error = yield* Effect.flip(run(engine))
        assert.strictEqual(error._tag, "BadInput")
        assert.include(error.message, "raw.secret")
      })
    )
  )

  it.effect("tells a run as events in order, and drops what a killed process had staged", () =>
    withEngine([raw, core(over)], ({ engine, warehouse }) =>
      Effect.gen(function* () {
        yield* warehouse.run("create table _stage.core__big__run_dead as select 1 as n")
        const events: Array<RunEvent> = []
        yield* run(engine, (event) => events.push(event))
        assert.deepStrictEqual(
          events.map(({ type }) => type),
          ["planned", "started", "materialized", "started", "materialized", "finished"]
        )
        const facts = yield* engine.facts
        assert.deepStrictEqual(
          facts.map(({ asset, made, state }) => [asset.key, made?.rows, state.state]),
          [
            ["raw.shop__orders", 5, "unchanged"],
            ["core.big", 2, "unchanged"]
          ]
        )
      })
    )
  )
})
