import { mkdtempSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { NodeServices } from "@effect/platform-node"
import { assert, describe, it } from "@effect/vitest"
import { Effect, Layer } from "effect"
import { Home } from "#core/home/Home.ts"
import { Records } from "#core/records/Records.ts"
import { Unavailable } from "#core/Unavailable.ts"
import { Warehouse } from "#core/warehouse/Warehouse.ts"
import type { Asset } from "#pipelines/engine/Asset.ts"
import { Definitions } from "#pipelines/engine/Definitions.ts"
import { Engine } from "#pipelines/engine/Engine.ts"
import { lookAround } from "#pipelines/engine/lookAround.ts"
import { Makers } from "#pipelines/engine/Makers.ts"
import { engineMigrations } from "#pipelines/engine/migrations.ts"
import { Runs } from "#pipelines/engine/Runs.ts"
import { bindMade } from "#pipelines/lineage/bindMade.ts"
import { emitOpenLineage } from "#pipelines/lineage/emitOpenLineage.ts"
import { planAssets } from "#pipelines/plan/planAssets.ts"
import { openScans } from "../engine/openScans.ts"

const plain = { group: "test", owners: [], description: { en: "", zh: "" }, grain: [], checks: [] }
const raw: Asset = { ...plain, key: "raw.shop__orders", kind: "source", deps: [] }
const full = (key: string, deps: ReadonlyArray<string>, sql: string): Asset => ({
  ...plain,
  key,
  kind: "full",
  deps,
  sql
})
const order =
  "select n, n % 3 as kind, n * 2 as amount, date '2026-01-01' + (n % 2)::integer as day from raw.shop__orders where n > 1"
const totals = "select kind, sum(amount) as amount, count(*) as orders from core.order group by kind"
const names = "select n, kind from core.order"
const home = { "core.order": order, "core.totals": totals, "core.names": names }

const assetsOf = (sql: Readonly<Record<string, string>>, more: ReadonlyArray<Asset> = []): ReadonlyArray<Asset> => [
  raw,
  full("core.order", ["raw.shop__orders"], sql["core.order"]!),
  full("core.totals", ["core.order"], sql["core.totals"]!),
  full("core.names", ["core.order"], sql["core.names"]!),
  { ...plain, key: "release.sales", kind: "release", deps: ["core.totals"] },
  ...more
]

/** Runs the one home, then plans the other. */
const planned = (
  before: ReadonlyArray<Asset>,
  after: ReadonlyArray<Asset>,
  days: readonly [string, string] = ["2026-01-02", "2026-01-02"]
) => {
  let assets = before
  const ports = Layer.mergeAll(
    Layer.succeed(Definitions, Definitions.of({ load: Effect.sync(() => assets) })),
    Layer.effect(
      Makers,
      Effect.map(Warehouse, (warehouse) =>
        Makers.of({
          land: () =>
            Effect.as(
              warehouse.run(
                "create or replace table raw.shop__orders as select range as n, uuid() as _event_id from range(9)"
              ),
              { changed: true, dataVersion: "1", rows: 9, notices: [] }
            ),
          release: () => new Unavailable({ code: "test.none", message: "There is none.", fix: "Wait." })
        })
      )
    )
  )
  const layer = Engine.layer.pipe(
    Layer.provideMerge(openScans),
    Layer.provideMerge(ports),
    Layer.provideMerge(Layer.mergeAll(Warehouse.memory, Runs.layer)),
    Layer.provideMerge(
      Layer.mergeAll(Records.memory(engineMigrations), Home.layer(mkdtempSync(join(tmpdir(), "assay-plan-"))))
    ),
    Layer.provideMerge(NodeServices.layer)
  )
  return Effect.gen(function* () {
    const { run } = yield* (yield* Engine).run({ selection: "", asOf: days[0], onEvent: () => undefined })
    yield* emitOpenLineage(run)
    assets = after
    const around = yield* lookAround(days[1])
    const { bound, known } = yield* bindMade(around.graph.order, (key) => around.made.get(key))
    const plans = yield* planAssets(around, bound, known)
    return Object.fromEntries(
      plans
        .filter(({ key }) => key.startsWith("core."))
        .map((plan) => [
          plan.key,
          {
            ...plan,
            told: plan.columns.map((one) => `${one.class} ${one.column} ${one.what} ${one.through ?? ""}`.trim())
          }
        ])
    )
  }).pipe(Effect.provide(layer, { local: true }))
}

describe("planAssets", () => {
  it.effect("finds nothing to do where only white space and comments differ", () =>
    Effect.gen(function* () {
      const spaced = { ...home, "core.order": `/* all */ ${order.replaceAll(" ", "  ")} -- done` }
      for (const plan of Object.values(yield* planned(assetsOf(home), assetsOf(spaced)))) {
        assert.deepInclude(plan, { state: "unchanged", change: null, columns: [], recompute: null, products: [] })
      }
    })
  )

  it.effect("calls a column that is added non-breaking, and leaves those who do not name it alone", () =>
    Effect.gen(function* () {
      const wider = { ...home, "core.order": order.replace(" from", ", n + 1 as next from") }
      const plans = yield* planned(assetsOf(home), assetsOf(wider))
      assert.deepInclude(plans["core.order"], {
        state: "stale",
        change: "non_breaking",
        told: ["non_breaking next added"]
      })
      assert.deepStrictEqual(plans["core.order"]!.recompute, { rows: 7 })
      assert.deepStrictEqual(plans["core.order"]!.products, ["sales"])
      assert.deepInclude(plans["core.totals"], { state: "stale", change: null, told: [] })
      assert.deepStrictEqual(plans["core.names"]!.products, [])
    })
  )

  it.effect("follows an expression that changed into the columns made from it, and no further", () =>
    Effect.gen(function* () {
      const other = { ...home, "core.order": order.replace("n * 2", "n * 3") }
      const plans = yield* planned(assetsOf(home), assetsOf(other))
      assert.deepStrictEqual(plans["core.order"]!.told, ["breaking amount computed"])
      assert.deepStrictEqual(plans["core.totals"]!.told, ["breaking amount upstream core.order.amount"])
      assert.deepInclude(plans["core.names"], { change: null, told: [] })
    })
  )

  it.effect("follows a condition that changed into every column", () =>
    Effect.gen(function* () {
      const other = { ...home, "core.order": order.replace("n > 1", "n > 2") }
      const plans = yield* planned(assetsOf(home), assetsOf(other))
      assert.include(plans["core.order"]!.told, "breaking * rows")
      assert.deepStrictEqual(plans["core.names"]!.told, [
        "breaking n upstream core.order.*",
        "breaking kind upstream core.order.*"
      ])
      const grouped = { ...home, "core.order": order.replace("n % 3", "n % 4") }
      // What rows are grouped by decides on all of them.
      assert.deepStrictEqual((yield* planned(assetsOf(home), assetsOf(grouped)))["core.totals"]!.told, [
        "breaking kind upstream core.order.kind",
        "breaking amount upstream core.order.kind",
        "breaking orders upstream core.order.kind"
      ])
    })
  )

  it.effect("shows who would no longer fit, before any data is touched, with what to do", () =>
    Effect.gen(function* () {
      const without = { ...home, "core.order": order.replace("n * 2 as amount, ", "") }
      const plans = yield* planned(assetsOf(home), assetsOf(without))
      assert.deepStrictEqual(plans["core.order"]!.told, ["breaking amount removed"])
      const { problem } = plans["core.totals"]!
      assert.deepInclude(problem, { code: "asset.contract", where: { asset: "core.totals" } })
      assert.include(problem!.message, "amount")
      assert.isAbove(problem!.fix.length, 20)
      assert.isUndefined(plans["core.names"]!.problem)
    })
  )

  it.effect("tells a wider type from a narrower one", () =>
    Effect.gen(function* () {
      const as = (type: string) => ({
        ...home,
        "core.order": order.replace("n % 3 as kind", `(n % 3)::${type} as kind`)
      })
      const wider = yield* planned(assetsOf(as("integer")), assetsOf(as("bigint")))
      assert.deepInclude(wider["core.order"]!.columns[0], {
        column: "kind",
        class: "non_breaking",
        what: "retyped",
        before: "INTEGER",
        after: "BIGINT"
      })
      const narrower = yield* planned(assetsOf(as("bigint")), assetsOf(as("integer")))
      assert.strictEqual(narrower["core.order"]!.change, "breaking")
    })
  )

  it.effect("says of new days that what was published stays", () =>
    Effect.gen(function* () {
      const daily: Asset = {
        ...plain,
        key: "core.daily",
        kind: "incremental_by_time_range",
        deps: ["core.order"],
        sql: "select day, sum(amount) as amount from core.order group by day",
        partitions: { type: "daily", by: "day", start: "2026-01-01" }
      }
      const assets = assetsOf(home, [daily])
      const plans = yield* planned(assets, assets, ["2026-01-02", "2026-01-04"])
      assert.deepInclude(plans["core.daily"], {
        state: "stale",
        change: "forward_only",
        told: ["forward_only day partitions", "forward_only amount partitions"]
      })
      assert.strictEqual(plans["core.daily"]!.recompute!.partitions!.count, 2)
    })
  )
})
