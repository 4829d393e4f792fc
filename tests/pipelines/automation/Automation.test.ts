import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { NodeServices } from "@effect/platform-node"
import { assert, describe, it } from "@effect/vitest"
import { Effect, Fiber, Layer } from "effect"
import { TestClock } from "effect/testing"
import { Home } from "#core/home/Home.ts"
import { Records } from "#core/records/Records.ts"
import { Unavailable } from "#core/Unavailable.ts"
import { Warehouse } from "#core/warehouse/Warehouse.ts"
import type { WarehouseError } from "#core/warehouse/WarehouseError.ts"
import { Automation } from "#pipelines/automation/Automation.ts"
import type { Evaluation } from "#pipelines/automation/evaluate.ts"
import { automationMigrations } from "#pipelines/automation/migrations.ts"
import { parseCondition } from "#pipelines/automation/parseCondition.ts"
import type { Asset } from "#pipelines/engine/Asset.ts"
import { Definitions } from "#pipelines/engine/Definitions.ts"
import { Engine } from "#pipelines/engine/Engine.ts"
import { Makers } from "#pipelines/engine/Makers.ts"
import type { Landed } from "#pipelines/engine/Makers.ts"
import { engineMigrations } from "#pipelines/engine/migrations.ts"
import { Runs } from "#pipelines/engine/Runs.ts"
import { Connections } from "#pipelines/sources/Connections.ts"
import { openScans } from "../engine/openScans.ts"

const plain = { group: "test", owners: [], description: { en: "", zh: "" }, grain: [], checks: [] }
const assets: ReadonlyArray<Asset> = [
  { ...plain, key: "raw.shop__calls", kind: "source", deps: [] },
  { ...plain, key: "core.calls", kind: "full", deps: ["raw.shop__calls"], sql: "select n from raw.shop__calls" },
  { ...plain, key: "core.sum", kind: "full", deps: ["core.calls"], sql: "select sum(n) as n from core.calls" }
]

/** A home with one source of one file; `lands` is how many rows its next landing finds, or undefined for a failure. */
const house = (defined: ReadonlyArray<Asset> = assets) => {
  const path = mkdtempSync(join(tmpdir(), "assay-automation-"))
  const folder = join(path, "data")
  mkdirSync(folder)
  writeFileSync(join(folder, "calls.csv"), "n\n1\n")
  const source = join(path, "shop.yaml")
  writeFileSync(
    source,
    "source: shop\nkind: files\nroot: data\nstreams:\n  - stream: calls\n    path: calls.csv\n    key: [n]\n"
  )
  const world = { lands: 3 as number | undefined, defined }
  const ports = Layer.mergeAll(
    Layer.succeed(Definitions, Definitions.of({ load: Effect.sync(() => world.defined) })),
    Layer.effect(
      Makers,
      Effect.map(Warehouse, (warehouse) =>
        Makers.of({
          land: () =>
            Effect.suspend((): Effect.Effect<Landed, Unavailable | WarehouseError> =>
              world.lands === undefined
                ? new Unavailable({ code: "test.away", message: "The files are away.", fix: "Wait." })
                : Effect.as(
                    warehouse.run(
                      `create or replace table raw.shop__calls as select range as n from range(${world.lands})`
                    ),
                    { changed: true, dataVersion: String(world.lands), rows: world.lands, notices: [] }
                  )
            ),
          release: () => new Unavailable({ code: "test.none", message: "There is none.", fix: "Wait." })
        })
      )
    )
  )
  const stores = Layer.mergeAll(
    Records.layer(join(path, "records.sqlite"), [...engineMigrations, ...automationMigrations]),
    Home.layer(path)
  )
  const layer = Automation.layer.pipe(
    Layer.provideMerge(Engine.layer),
    Layer.provideMerge(ports),
    Layer.provideMerge(openScans),
    Layer.provideMerge(Layer.mergeAll(Warehouse.memory, Runs.layer, Connections.layer)),
    Layer.provideMerge(stores),
    Layer.provideMerge(NodeServices.layer)
  )
  const touch = (text: string): void => writeFileSync(join(folder, "calls.csv"), text)
  return { world, layer, touch, source }
}

const run = (selection: string) =>
  Engine.use((engine) => engine.run({ selection, asOf: "2026-11-22", onEvent: () => undefined }))

/** One look and what follows from it: the assets asked for, and those that were made. */
const turn = Effect.gen(function* () {
  const automation = yield* Automation
  const engine = yield* Engine
  const request = yield* automation.look
  const made: Array<string> = []
  yield* automation.work((selection) =>
    Effect.tap(engine.run({ selection, asOf: "2026-11-22", onEvent: () => undefined }), (report) =>
      Effect.sync(() => void made.push(...report.made))
    )
  )
  return { asked: request?.assets ?? [], made }
})

const flat = ({ condition, met, parts = [] }: Evaluation): ReadonlyArray<string> => [
  `${condition} ${met}`,
  ...parts.flatMap(flat)
]

describe("Automation", () => {
  it.effect("makes what is missing, then what is newer, each once, and says why not otherwise", () => {
    const { world, layer } = house()
    return Effect.gen(function* () {
      const automation = yield* Automation
      yield* automation.add({ name: "eager", selection: "", condition: "missing or newly_updated" })
      assert.deepStrictEqual(yield* turn, {
        asked: ["raw.shop__calls", "core.calls", "core.sum"],
        made: ["raw.shop__calls", "core.calls", "core.sum"]
      })
      assert.deepStrictEqual(yield* turn, { asked: [], made: [] })
      const [quiet] = yield* automation.why("core.sum")
      assert.strictEqual(quiet!.outcome, "not_met")
      assert.deepStrictEqual(flat(quiet!.tree), ["or false", "missing false", "newly_updated false"])
      world.lands = 5
      yield* run("raw.shop__calls")
      // What is made from what is made now is asked for with it.
      assert.deepStrictEqual(yield* turn, { asked: ["core.calls", "core.sum"], made: ["core.calls", "core.sum"] })
      const why = (yield* automation.why("core.calls")).find(({ outcome }) => outcome === "requested")
      assert.deepStrictEqual(flat(why!.tree), ["or true", "missing false", "newly_updated true"])
      assert.include(why!.tree.parts![1]!.because.zh, "raw.shop__calls")
      assert.deepStrictEqual(yield* turn, { asked: [], made: [] })
    }).pipe(Effect.provide(layer, { local: true }))
  })

  it.effect("answers a time of a schedule once: not before it comes, and late if nobody was there", () => {
    const { layer } = house()
    return Effect.gen(function* () {
      const automation = yield* Automation
      yield* run("")
      yield* automation.add({ name: "nightly", selection: "core.sum", condition: 'cron("0 6 * * *")' })
      yield* TestClock.setTime(Date.UTC(2026, 10, 22, 5, 0))
      assert.deepStrictEqual((yield* turn).asked, [])
      yield* TestClock.adjust("59 minutes")
      assert.deepStrictEqual((yield* turn).asked, [])
      yield* TestClock.adjust("1 minute")
      assert.deepStrictEqual((yield* turn).asked, ["core.sum"])
      yield* TestClock.adjust("1 hour")
      assert.deepStrictEqual((yield* turn).asked, [])
      // Three days away: one request says as much as three.
      yield* TestClock.adjust("3 days")
      assert.deepStrictEqual((yield* turn).asked, ["core.sum"])
      assert.deepStrictEqual((yield* turn).asked, [])
      const [last] = yield* automation.why("core.sum")
      assert.include(last!.tree.because.en, "2026-11-26 06:00")
    }).pipe(Effect.provide(layer, { local: true }))
  })

  it.effect("keeps a time open until what it is joined with holds too", () => {
    const { world, layer } = house()
    return Effect.gen(function* () {
      const automation = yield* Automation
      yield* run("")
      yield* TestClock.setTime(Date.UTC(2026, 10, 22, 5, 59))
      yield* automation.add({
        name: "morning",
        selection: "core.calls",
        condition: 'cron("0 6 * * *") and newly_updated'
      })
      assert.deepStrictEqual((yield* turn).asked, [])
      yield* TestClock.adjust("10 minutes")
      assert.deepStrictEqual((yield* turn).asked, [])
      yield* TestClock.adjust("3 hours")
      world.lands = 4
      yield* run("raw.shop__calls")
      assert.deepStrictEqual((yield* turn).made, ["core.calls"])
      world.lands = 6
      yield* run("raw.shop__calls")
      assert.deepStrictEqual((yield* turn).asked, [])
    }).pipe(Effect.provide(layer, { local: true }))
  })

  it.effect("sees that files changed, by name, size and time", () => {
    const { layer, touch, source } = house()
    return Effect.gen(function* () {
      const automation = yield* Automation
      yield* (yield* Connections).add(source)
      yield* run("")
      yield* automation.add({ name: "watch", selection: "raw.shop__calls", condition: "arrived" })
      assert.deepStrictEqual((yield* turn).asked, [])
      touch("n\n1\n2\n")
      assert.deepStrictEqual((yield* turn).asked, ["raw.shop__calls"])
      assert.deepStrictEqual((yield* turn).asked, [])
      touch("n\n1\n2\n3\n4\n")
      assert.deepStrictEqual((yield* turn).asked, ["raw.shop__calls"])
    }).pipe(Effect.provide(layer, { local: true }))
  })

  it.effect(
    "takes what an asset itself says, sees changed code, and asks once for what fails until something changes",
    () => {
      const own: ReadonlyArray<Asset> = assets.map((asset) => ({
        ...asset,
        automation: parseCondition("missing or code_changed or newly_updated")
      }))
      const { world, layer } = house(own)
      world.lands = undefined
      return Effect.gen(function* () {
        const automation = yield* Automation
        const first = yield* turn
        assert.deepStrictEqual(first, { asked: ["raw.shop__calls", "core.calls", "core.sum"], made: [] })
        assert.deepStrictEqual((yield* turn).asked, [])
        assert.strictEqual((yield* automation.why("raw.shop__calls"))[0]!.outcome, "repeated")
        world.lands = 3
        yield* run("raw.shop__calls")
        assert.deepStrictEqual((yield* turn).made, ["core.calls", "core.sum"])
        world.defined = own.map((asset) =>
          asset.key === "core.sum" ? { ...asset, sql: "select max(n) as n from core.calls" } : asset
        )
        assert.deepStrictEqual(yield* turn, { asked: ["core.sum"], made: ["core.sum"] })
        assert.deepStrictEqual((yield* turn).asked, [])
      }).pipe(Effect.provide(layer, { local: true }))
    }
  )

  it.effect("takes up again what a dead process had asked for and not finished", () => {
    const { layer } = house()
    return Effect.gen(function* () {
      const automation = yield* Automation
      yield* automation.add({ name: "eager", selection: "", condition: "missing" })
      assert.lengthOf((yield* automation.look)!.assets, 3)
      // The process dies within the run: the request stands, and the next one works it off.
      yield* Effect.exit(automation.work(() => Effect.die("killed")))
      const { asked, made } = yield* turn
      assert.deepStrictEqual(asked, [])
      assert.deepStrictEqual(made, ["raw.shop__calls", "core.calls", "core.sum"])
      const { made: again } = yield* turn
      assert.deepStrictEqual(again, [])
    }).pipe(Effect.provide(layer, { local: true }))
  })

  it.effect("looks again and again while it serves, and goes on after a failure", () => {
    const { layer } = house()
    return Effect.gen(function* () {
      const automation = yield* Automation
      yield* run("")
      yield* TestClock.setTime(Date.UTC(2026, 10, 22, 5, 59, 50))
      yield* automation.add({ name: "hourly", selection: "core.calls,core.sum", condition: 'cron("0 * * * *")' })
      const engine = yield* Engine
      const asked: Array<string> = []
      const told: Array<unknown> = []
      const request = (selection: string) =>
        Effect.suspend(() => {
          asked.push(selection)
          const away = new Unavailable({ code: "test.away", message: "It is away.", fix: "Wait." })
          return asked.length === 1
            ? Effect.fail(away)
            : engine.run({ selection, asOf: "2026-11-22", onEvent: () => undefined })
        })
      const until = (done: () => boolean) =>
        Effect.promise(async () => {
          for (let i = 0; i === 0 || (i < 20_000 && !done()); i++) await new Promise((next) => setImmediate(next))
        })
      const serving = yield* Effect.forkChild(automation.serve("1 hour", request, (cause) => told.push(cause)))
      while ((yield* automation.why("core.sum")).length === 0) yield* until(() => true)
      yield* TestClock.adjust("1 hour")
      yield* until(() => told.length === 1)
      yield* TestClock.adjust("1 hour")
      // The request that failed is taken up again, and the next hour has its own.
      yield* until(() => asked.length === 3)
      yield* Fiber.interrupt(serving)
      assert.lengthOf(told, 1)
      assert.deepStrictEqual(
        asked,
        Array.from({ length: 3 }, () => "core.calls,core.sum")
      )
    }).pipe(Effect.provide(layer, { local: true }))
  })

  it("refuses conditions that cannot be read, with the words that can", () => {
    for (const text of [
      "",
      "missing and",
      "(missing",
      "missing or or late",
      "soon",
      "cron(6)",
      'cron("6")',
      "missing late"
    ]) {
      assert.throws(() => parseCondition(text), /cannot be read|names no times/, text)
    }
    assert.deepStrictEqual(parseCondition("not missing and (late or arrived)"), {
      all: [{ not: { is: "missing" } }, { any: [{ is: "late" }, { is: "arrived" }] }]
    })
  })
})
