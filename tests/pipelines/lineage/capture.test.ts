import { mkdtempSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { NodeServices } from "@effect/platform-node"
import { assert, describe, it } from "@effect/vitest"
import { Clock, Effect, Layer } from "effect"
import { TestClock } from "effect/testing"
import { Home } from "#core/home/Home.ts"
import { Records } from "#core/records/Records.ts"
import { Unavailable } from "#core/Unavailable.ts"
import { Warehouse } from "#core/warehouse/Warehouse.ts"
import type { Asset } from "#pipelines/engine/Asset.ts"
import { Definitions } from "#pipelines/engine/Definitions.ts"
import { Engine } from "#pipelines/engine/Engine.ts"
import { Makers } from "#pipelines/engine/Makers.ts"
import { engineMigrations } from "#pipelines/engine/migrations.ts"
import { Runs } from "#pipelines/engine/Runs.ts"
import { bindHome } from "#pipelines/lineage/bindHome.ts"
import { captureLayer } from "#pipelines/lineage/captureLayer.ts"
import { emitOpenLineage } from "#pipelines/lineage/emitOpenLineage.ts"
import { groupedTrace } from "#pipelines/lineage/groupedTrace.ts"
import { traceBack } from "#pipelines/lineage/traceBack.ts"
import { traceVersion } from "#pipelines/lineage/traceVersion.ts"
import { openScans } from "../engine/openScans.ts"

const plain = { group: "test", owners: [], description: { en: "", zh: "" }, grain: [], checks: [] }
const raw: Asset = { ...plain, key: "raw.shop__calls", kind: "source", deps: [] }
const full = (key: string, deps: ReadonlyArray<string>, sql: string): Asset => ({
  ...plain,
  key,
  kind: "full",
  deps,
  sql
})

const ports = (assets: ReadonlyArray<Asset>) =>
  Layer.mergeAll(
    Layer.succeed(Definitions, Definitions.of({ load: Effect.sync(() => [...assets]) })),
    Layer.effect(
      Makers,
      Effect.map(Warehouse, (warehouse) =>
        Makers.of({
          land: () =>
            Effect.as(
              warehouse.run(
                "create or replace table raw.shop__calls as select range as n, range % 4 as who, md5(range::varchar)::uuid as _event_id from range(12)"
              ),
              { changed: true, dataVersion: "1", rows: 12, notices: [] }
            ),
          release: () => new Unavailable({ code: "test.none", message: "There is none.", fix: "Wait." })
        })
      )
    )
  )

const house = (assets: ReadonlyArray<Asset>) =>
  Engine.layer.pipe(
    Layer.provideMerge(openScans),
    Layer.provideMerge(captureLayer),
    Layer.provideMerge(ports(assets)),
    Layer.provideMerge(Layer.mergeAll(Warehouse.memory, Runs.layer)),
    Layer.provideMerge(
      Layer.mergeAll(Records.memory(engineMigrations), Home.layer(mkdtempSync(join(tmpdir(), "assay-capture-"))))
    ),
    Layer.provideMerge(NodeServices.layer)
  )

describe("captureLayer", () => {
  const last = full(
    "core.last",
    ["raw.shop__calls"],
    "select who, n from raw.shop__calls qualify row_number() over (partition by who order by n desc) = 1"
  )
  const sum = full("core.sum", ["core.last"], "select who % 2 as odd, sum(n) as n from core.last group by all")
  const star = full("core.star", ["core.last"], "from core.last")
  const all = full("core.all", ["raw.shop__calls"], "select who, count(*) as n from raw.shop__calls group by who")

  it.effect("keeps the events of each chosen row where nobody but a trace sees them", () =>
    Effect.gen(function* () {
      const engine = yield* Engine
      const warehouse = yield* Warehouse
      const run = engine.run({ selection: "", asOf: "2026-11-22", onEvent: () => undefined })
      assert.lengthOf((yield* run).made, 5)
      assert.deepStrictEqual(
        (yield* engine.columns("core.star")).map(({ name }) => name),
        ["who", "n"]
      )
      const tables = yield* warehouse.query<{ name: string }>(
        "select table_name as name from duckdb_columns() where column_name = '_src' and not internal"
      )
      assert.deepStrictEqual(
        tables.map(({ name }) => name.replace(/__run.*/, "")),
        ["core__last"]
      )
      const { bound } = yield* bindHome()
      const { events } = yield* traceBack(warehouse, bound, "core.sum", { odd: "1" })
      const expected = yield* warehouse.query<{ e: string }>(
        "select _event_id::varchar as e from raw.shop__calls where n in (9, 11) order by e"
      )
      assert.deepStrictEqual(
        events,
        expected.map(({ e }) => e)
      )
      // The hidden column does not make contents look new.
      assert.deepStrictEqual((yield* run).made, [])
    }).pipe(Effect.provide(house([raw, last, sum, star, all]), { local: true }))
  )
})

describe("traceVersion", () => {
  it.effect("replays what an asset was made with then, on the events that had arrived by then", () =>
    Effect.gen(function* () {
      const sale = (sql: string): Asset => full("core.sale", ["raw.shop__calls"], sql)
      const sums = full("core.sums", ["core.sale"], "select who, sum(n) as n from core.sale group by who")
      let assets: ReadonlyArray<Asset> = [raw, sale("select who, n from raw.shop__calls where n > 2"), sums]
      let rows = 8
      const land = Layer.effect(
        Makers,
        Effect.map(Warehouse, (warehouse) =>
          Makers.of({
            land: () =>
              Effect.gen(function* () {
                yield* warehouse.run(
                  "create table if not exists raw.shop__calls (n bigint, who bigint, _event_id uuid, _ingested_at timestamp)"
                )
                yield* warehouse.run(
                  `insert into raw.shop__calls select range, range % 4, md5(range::varchar)::uuid, epoch_ms($now::bigint)
                   from range(${rows}) where range not in (select n from raw.shop__calls)`,
                  { now: yield* Clock.currentTimeMillis }
                )
                return { changed: true, dataVersion: String(rows), rows, notices: [] }
              }),
            release: () => new Unavailable({ code: "test.none", message: "There is none.", fix: "Wait." })
          })
        )
      )
      const layer = Engine.layer.pipe(
        Layer.provideMerge(captureLayer),
        Layer.provideMerge(openScans),
        Layer.provideMerge(land),
        Layer.provideMerge(Layer.succeed(Definitions, Definitions.of({ load: Effect.sync(() => assets) }))),
        Layer.provideMerge(Layer.mergeAll(Warehouse.memory, Runs.layer)),
        Layer.provideMerge(
          Layer.mergeAll(Records.memory(engineMigrations), Home.layer(mkdtempSync(join(tmpdir(), "assay-version-"))))
        ),
        Layer.provideMerge(NodeServices.layer)
      )
      yield* Effect.gen(function* () {
        const engine = yield* Engine
        const warehouse = yield* Warehouse
        const run = Effect.gen(function* () {
          yield* TestClock.adjust("1 hour")
          const report = yield* engine.run({ selection: "", asOf: "2026-11-22", onEvent: () => undefined })
          yield* emitOpenLineage(report.run)
          return report.run
        })
        const of = Effect.fnUntraced(function* (condition: string) {
          const found = yield* warehouse.query<{ e: string }>(
            `select _event_id::varchar as e from raw.shop__calls where ${condition} order by e`
          )
          return found.map(({ e }) => e)
        })
        const first = yield* run
        rows = 16
        const second = yield* run
        assets = [raw, sale("select who, n from raw.shop__calls where n > 6"), sums]
        const third = yield* run
        const traced = (version: string) => traceVersion("core.sums", version, { who: "3" })
        assert.deepStrictEqual((yield* traced(first)).events, yield* of("who = 3 and n > 2 and n < 8"))
        assert.deepStrictEqual((yield* traced(second)).events, yield* of("who = 3 and n > 2"))
        assert.deepStrictEqual((yield* traced(third)).events, yield* of("who = 3 and n > 6"))
        const { bound } = yield* bindHome()
        assert.deepStrictEqual(yield* traced(third), yield* traceBack(warehouse, bound, "core.sums", { who: "3" }))
        assert.deepInclude(yield* Effect.flip(traced("run_none")), { code: "trace.version" })
        const other = traceVersion("core.sums", first, { colour: "3" })
        assert.deepInclude(yield* Effect.flip(other), { code: "trace.column" })
        yield* warehouse.run("delete from _assay.statement where asset = 'core.sale'")
        assert.deepInclude(yield* Effect.flip(traced(first)), { code: "trace.replay", where: { asset: "core.sale" } })
      }).pipe(Effect.provide(layer, { local: true }))
    })
  )
})

describe("groupedTrace", () => {
  it("tells how much in steps of the smallest group, and never which", () => {
    const events = Array.from({ length: 27 }, (_, i) => `event-${i}`)
    assert.deepStrictEqual(groupedTrace({ asset: "core.a", rows: 9, events }), {
      asset: "core.a",
      rows: null,
      events: 20
    })
    assert.deepStrictEqual(groupedTrace({ asset: "core.a", rows: 10, events: [] }), {
      asset: "core.a",
      rows: 10,
      events: null
    })
    assert.deepStrictEqual(groupedTrace({ asset: "release.a", keys: [{ who: "Li Lei" }] }), { asset: "release.a" })
  })
})
