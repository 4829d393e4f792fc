import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import type { Asset } from "#pipelines/engine/Asset.ts"
import { openEngine, plainAsset } from "./openEngine.ts"
import type { EngineTools } from "./openEngine.ts"

const full = (key: string, deps: ReadonlyArray<string>, sql: string, more: Partial<Asset> = {}): Asset => ({
  ...plainAsset,
  key,
  kind: "full",
  deps,
  sql,
  ...more
})

const broken = "select error('it broke') as n"
const stale = { onFailedInput: { "core.between": "allow_stale", "core.shaky": "allow_stale" } } as const

/** `core.shaky` may fail; one reader waits for it, one goes on without, and one goes on though what lies between waits. */
const assets = (shaky: string, steady: number): ReadonlyArray<Asset> => [
  full("core.shaky", [], shaky),
  full("core.steady", [], `select ${steady} as n`),
  full("core.between", ["core.shaky"], "select n from core.shaky"),
  full("feature.waits", ["core.shaky", "core.steady"], "select a.n + b.n as n from core.shaky a, core.steady b"),
  full(
    "feature.goes_on",
    ["core.shaky", "core.steady"],
    "select a.n + b.n as n from core.shaky a, core.steady b",
    stale
  ),
  full(
    "feature.further",
    ["core.between", "core.steady"],
    "select a.n + b.n as n from core.between a, core.steady b",
    stale
  )
]

const valueOf = ({ warehouse }: EngineTools, key: string) =>
  Effect.map(warehouse.query<{ n: number }>(`select n from ${key}`), ([row]) => row!.n)

describe("what a failed input means to its readers", () => {
  it.effect("blocks them unless they allow a stale one, which goes on from the rows before and says so", () =>
    openEngine(assets("select 1 as n", 10), (tools) =>
      Effect.gen(function* () {
        yield* tools.run()
        yield* tools.define(assets(broken, 20))
        const { made, blocked, failed, notices, events } = yield* tools.run()
        assert.deepStrictEqual(
          failed.map(({ asset }) => asset),
          ["core.shaky"]
        )
        assert.deepStrictEqual([...blocked].sort(), ["core.between", "feature.waits"])
        assert.deepStrictEqual([...made].sort(), ["core.steady", "feature.further", "feature.goes_on"])
        assert.strictEqual(yield* valueOf(tools, "feature.goes_on"), 21)
        assert.strictEqual(yield* valueOf(tools, "feature.further"), 21)
        assert.strictEqual(yield* valueOf(tools, "feature.waits"), 11)
        assert.deepStrictEqual(notices.map(({ asset, notice }) => [asset, notice]).sort(), [
          ["feature.further", "made from core.between as it was before, since that failed"],
          ["feature.goes_on", "made from core.shaky as it was before, since that failed"]
        ])
        const reasons = events.flatMap((event) => (event.type === "skipped" ? [`${event.asset}: ${event.reason}`] : []))
        assert.deepStrictEqual(reasons.sort(), [
          "core.between: it waits for core.shaky, which failed or was never made",
          "feature.waits: it waits for core.shaky, which failed or was never made"
        ])
      })
    )
  )

  it.effect("makes them again from the mended input, and those that waited too", () =>
    openEngine(assets("select 1 as n", 10), (tools) =>
      Effect.gen(function* () {
        yield* tools.run()
        yield* tools.define(assets(broken, 20))
        yield* tools.run()
        yield* tools.define(assets("select 2 as n", 20))
        const { made, failed, notices } = yield* tools.run()
        assert.deepStrictEqual([failed, notices], [[], []])
        assert.deepStrictEqual([...made].sort(), [
          "core.between",
          "core.shaky",
          "feature.further",
          "feature.goes_on",
          "feature.waits"
        ])
        for (const key of ["feature.further", "feature.goes_on", "feature.waits"]) {
          assert.strictEqual(yield* valueOf(tools, key), 22, key)
        }
      })
    )
  )

  it.effect("blocks them whatever they allow while there is nothing from before", () =>
    openEngine(assets(broken, 10), (tools) =>
      Effect.gen(function* () {
        const { made, blocked, notices } = yield* tools.run()
        assert.deepStrictEqual(made, ["core.steady"])
        assert.deepStrictEqual([...blocked].sort(), [
          "core.between",
          "feature.further",
          "feature.goes_on",
          "feature.waits"
        ])
        assert.deepStrictEqual(notices, [])
      })
    )
  )
})
