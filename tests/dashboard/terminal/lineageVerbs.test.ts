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
import { lineageVerbs } from "#dashboard/terminal/verbs/lineageVerbs.ts"
import type { Asset } from "#pipelines/engine/Asset.ts"
import { Definitions } from "#pipelines/engine/Definitions.ts"
import { Engine } from "#pipelines/engine/Engine.ts"
import { Makers } from "#pipelines/engine/Makers.ts"
import { engineMigrations } from "#pipelines/engine/migrations.ts"
import { Runs } from "#pipelines/engine/Runs.ts"
import { openScans } from "../../pipelines/engine/openScans.ts"

const plain = { group: "test", owners: [], description: { en: "", zh: "" }, grain: [], checks: [] }
const assets: ReadonlyArray<Asset> = [
  { ...plain, key: "raw.shop__orders", kind: "source", deps: [] },
  {
    ...plain,
    key: "core.sale",
    kind: "full",
    deps: ["raw.shop__orders"],
    sql: "select n as sale, n % 3 as shop, 'S' || n % 4 as subject_id, _event_id from raw.shop__orders where n > 1"
  },
  {
    ...plain,
    key: "feature.shop",
    kind: "full",
    deps: ["core.sale"],
    grain: ["shop"],
    sql: "select shop, sum(sale)::bigint as total from core.sale group by shop"
  }
]

const makers = Layer.effect(
  Makers,
  Effect.map(Warehouse, (warehouse) =>
    Makers.of({
      land: () =>
        Effect.as(
          warehouse.run(
            "create or replace table raw.shop__orders as select range as n, md5(range::varchar)::uuid as _event_id from range(20)"
          ),
          { changed: true, dataVersion: "1", rows: 20, notices: [] }
        ),
      release: () => new Unavailable({ code: "test.none", message: "There is none.", fix: "Wait." })
    })
  )
)
const house = Engine.layer.pipe(
  Layer.provideMerge(openScans),
  Layer.provideMerge(Layer.merge(makers, Layer.succeed(Definitions, Definitions.of({ load: Effect.succeed(assets) })))),
  Layer.provideMerge(Layer.mergeAll(Warehouse.memory, Runs.layer)),
  Layer.provideMerge(
    Layer.mergeAll(Records.memory(engineMigrations), Home.layer(mkdtempSync(join(tmpdir(), "assay-lineage-"))))
  ),
  Layer.provideMerge(NodeServices.layer)
)

const io = { out: () => undefined, err: () => undefined, cwd: ".", live: false }
const call = (
  verb: keyof typeof lineageVerbs,
  words: ReadonlyArray<string>,
  flags: Record<string, string | boolean> = {}
) => lineageVerbs[verb].run({ words, flags, io })
const made = Effect.flatMap(Engine, (engine) =>
  engine.run({ selection: "", asOf: "2026-11-22", onEvent: () => undefined })
)

describe("trace", () => {
  it.effect(
    "leads a sum back to its events, each event forward to the sum, and a subject to all that is made from it",
    () =>
      Effect.gen(function* () {
        yield* made
        const back = (yield* call("trace", ["feature.shop", "shop=2"])).json as {
          rows: number
          events: ReadonlyArray<string>
        }
        assert.strictEqual(back.rows, 1)
        assert.strictEqual(back.events.length, 6)
        const forward = (yield* call("trace", [], { event: back.events[0]! })).json as { assets: ReadonlyArray<object> }
        assert.deepStrictEqual(forward.assets, [
          {
            asset: "raw.shop__orders",
            rows: 1,
            keys: [{ n: (forward.assets[0] as { keys: Array<{ n: number }> }).keys[0]!.n }]
          },
          { asset: "core.sale", rows: 1, keys: (forward.assets[1] as { keys: object }).keys },
          { asset: "feature.shop", rows: 1, keys: [{ shop: 2 }] }
        ])
        const subject = yield* call("trace", [], { subject: "S1" })
        assert.match(subject.text, /core\.sale +4\n.*feature\.shop +3$/s)
        const grouped = yield* call("trace", ["feature.shop", "shop=2"], { grouped: true, lang: "zh" })
        assert.deepStrictEqual(grouped.json, {
          smallestGroup: 10,
          assets: [{ asset: "feature.shop", rows: null, events: null }]
        })
        assert.include(grouped.text, "少于 10")
        assert.notInclude(grouped.text, back.events[0]!)
        const inChinese = yield* call("trace", ["feature.shop", "shop=2"], { lang: "zh" })
        assert.include(inChinese.text, "feature.shop 的 1 行由 6 个原始事件生成。")
        const check = yield* call("trace", ["feature.shop"], { check: "3" })
        assert.strictEqual(check.text, "3 rows made again from 18 events: 0 differ.")
      }).pipe(Effect.provide(house, { local: true }))
  )

  it.effect("says what is missing in words that help", () =>
    Effect.gen(function* () {
      const codes = [
        [["feature.shop", "shop=2"], {}, "trace.new"],
        [[], {}, "trace.asset"],
        [[], { event: "no id" }, "trace.event"]
      ] as const
      for (const [words, flags, code] of codes) {
        assert.deepInclude(yield* Effect.flip(call("trace", words, flags)), { code })
      }
      yield* made
      assert.deepInclude(yield* Effect.flip(call("trace", ["feature.shop", "shop"])), { code: "trace.key" })
      assert.deepInclude(yield* Effect.flip(call("trace", ["feature.shop", "city=x"])), { code: "trace.column" })
      const none = (yield* call("trace", ["feature.shop", "shop=no number"])).json
      assert.deepInclude(none, { rows: 0, events: [] })
    }).pipe(Effect.provide(house, { local: true }))
  )
})

describe("lineage", () => {
  it.effect("draws assets and columns, as far as asked", () =>
    Effect.gen(function* () {
      yield* made
      assert.strictEqual(
        (yield* call("lineage", ["core.sale"])).text,
        "raw.shop__orders -> core.sale\ncore.sale -> feature.shop"
      )
      assert.strictEqual(
        (yield* call("lineage", ["feature.shop"], { up: true, depth: "1" })).text,
        "core.sale -> feature.shop"
      )
      assert.strictEqual(
        (yield* call("lineage", ["feature.shop.total"], { up: true, format: "mermaid" })).text,
        [
          "flowchart LR",
          '  n0["core.sale.sale"]',
          '  n1["feature.shop.total"]',
          '  n2["core.sale.shop"]',
          '  n3["feature.shop.*"]',
          '  n4["raw.shop__orders.n"]',
          '  n5["core.sale.*"]',
          "  n0 -->|AGGREGATION| n1",
          "  n2 -->|GROUP_BY| n3",
          "  n4 -->|IDENTITY| n0",
          "  n4 -->|FILTER| n5",
          "  n4 -->|TRANSFORMATION| n2"
        ].join("\n")
      )
      const jobs = (yield* call("lineage", ["feature.shop"], { format: "openlineage" })).json as ReadonlyArray<{
        job: { name: string }
      }>
      assert.deepStrictEqual(
        jobs.map(({ job }) => job.name),
        ["raw.shop__orders", "core.sale", "feature.shop"]
      )
      assert.deepInclude(yield* Effect.flip(call("lineage", ["core.sale"], { format: "dot" })), { code: "flag.format" })
      assert.deepInclude(yield* Effect.flip(call("lineage", ["core.sale"], { depth: "0" })), { code: "flag.depth" })
    }).pipe(Effect.provide(house, { local: true }))
  )
})
