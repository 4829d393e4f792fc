import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { BadInput } from "#core/BadInput.ts"
import { Warehouse } from "#core/warehouse/Warehouse.ts"
import type { Asset } from "#pipelines/engine/Asset.ts"
import { assetGraph } from "#pipelines/engine/AssetGraph.ts"
import { codeVersion } from "#pipelines/engine/codeVersion.ts"
import { readStatements } from "#pipelines/engine/readStatements.ts"
import { selectAssets } from "#pipelines/engine/selectAssets.ts"
import { staleness } from "#pipelines/engine/staleness.ts"
import type { Made } from "#pipelines/engine/staleness.ts"

const asset = (key: string, deps: ReadonlyArray<string> = [], sql = "select 1"): Asset => ({
  key,
  kind: deps.length === 0 ? "source" : "full",
  group: key.split(".")[0]!,
  owners: [],
  description: { en: "", zh: "" },
  deps,
  sql,
  grain: [],
  checks: []
})

const diamond = [
  asset("core.d", ["core.b", "core.c"]),
  asset("core.c", ["raw.a"]),
  asset("core.b", ["raw.a"]),
  asset("raw.a")
]

/** The text itself stands for its syntax tree. */
const versionOf = (of: Asset): string => codeVersion(of, String(of.sql))

const madeOf = (of: Asset, inputs: Record<string, string> = {}): Made => ({
  asset: of.key,
  run: "run_1",
  physical: "",
  codeVersion: versionOf(of),
  dataVersion: `v-${of.key}`,
  inputs,
  rows: 1,
  bytes: 1,
  millis: 1,
  madeAt: ""
})

describe("assetGraph", () => {
  it("puts every asset after what it reads, in the same order whatever order they are defined in", () => {
    const order = assetGraph(diamond).order.map(({ key }) => key)
    assert.deepStrictEqual(order, ["raw.a", "core.b", "core.c", "core.d"])
    assert.deepStrictEqual(
      assetGraph(diamond.toReversed()).order.map(({ key }) => key),
      order
    )
  })

  it("refuses a key given twice, an input that nobody defines, and a circle, naming the asset", () => {
    const refused = (assets: ReadonlyArray<Asset>): string => {
      try {
        assetGraph(assets)
      } catch (error) {
        if (error instanceof BadInput) return error.code
      }
      return "accepted"
    }
    assert.strictEqual(refused([asset("raw.a"), asset("raw.a")]), "asset.twice")
    assert.strictEqual(refused([asset("core.b", ["raw.nothing"])]), "asset.missing")
    assert.strictEqual(refused([asset("core.a", ["core.b"]), asset("core.b", ["core.a"])]), "asset.circle")
  })
})

describe("selectAssets", () => {
  const graph = assetGraph(diamond)
  const select = (text: string): ReadonlyArray<string> => selectAssets(graph, text, (key) => key === "core.c")

  it("reads names, ancestors, descendants, groups and states as Dagster and dbt write them", () => {
    assert.deepStrictEqual(select(""), ["raw.a", "core.b", "core.c", "core.d"])
    assert.deepStrictEqual(select("core.b"), ["core.b"])
    assert.deepStrictEqual(select("+core.b"), ["raw.a", "core.b"])
    assert.deepStrictEqual(select("core.b+"), ["core.b", "core.d"])
    assert.deepStrictEqual(select("+core.c+"), ["raw.a", "core.c", "core.d"])
    assert.deepStrictEqual(select("group:raw core.d"), ["raw.a", "core.d"])
    assert.deepStrictEqual(select("state:stale"), ["core.c"])
  })

  it("reads tags", () => {
    const tagged = assetGraph(diamond.map((one) => (one.key === "core.d" ? { ...one, tags: ["daily", "x"] } : one)))
    assert.deepStrictEqual(
      selectAssets(tagged, "tag:daily", () => false),
      ["core.d"]
    )
    assert.throws(() => selectAssets(tagged, "tag:weekly", () => false), /no asset/)
  })

  it("refuses a name that is no asset and proposes near ones", () => {
    assert.throws(() => select("raw.d"), /no asset/)
    assert.throws(() => select("group:nothing"), BadInput)
  })
})

describe("codeVersion", () => {
  const version = (sql: string, change: Partial<Asset> = {}) =>
    Effect.map(readStatements([sql]), (read) =>
      codeVersion({ ...asset("core.b", ["raw.a"], sql), ...change }, read(sql).fingerprint)
    )
  const same = [
    ["select a\n  from raw.a -- why", "select a from raw.a"],
    ["select /* x */ a from raw.a;", "SELECT a FROM raw.a"],
    ["select count(*) filter (where a > 1) as n from raw.a", "SELECT COUNT(*)\tFILTER (WHERE (a > 1)) n FROM raw.a"],
    [
      "select case when a between 1 and 2 then cast(a as varchar) end from raw.a",
      "select CASE WHEN a BETWEEN 1 AND 2 THEN a::VARCHAR END from raw.a"
    ],
    ["with x as (from raw.a) select * from x", "WITH x AS (\n\n  FROM raw.a) SELECT * FROM x"]
  ] as const
  const different = [
    ["select 'a  b'", "select 'a b'"],
    ["select '-- a'", "select '-- b'"],
    ["select 'A'", "select 'a'"],
    ["select a", "select b"],
    ["select a from raw.a order by a", "select a from raw.a order by a desc"],
    ['select 1 as "query_location"', 'select 2 as "query_location"']
  ] as const

  it.effect("does not change with white space, comments, the case of keywords or redundant brackets", () =>
    Effect.gen(function* () {
      for (const [one, other] of same) assert.strictEqual(yield* version(one), yield* version(other), other)
    }).pipe(Effect.provide(Warehouse.memory))
  )

  it.effect(
    "changes with the statement, also inside of quotes, with inputs, configuration, contract and partitions",
    () =>
      Effect.gen(function* () {
        for (const [one, other] of different) assert.notStrictEqual(yield* version(one), yield* version(other), other)
        const plain = yield* version("select a from raw.a")
        const daily = { type: "daily", by: "a", start: "2026-01-01" } as const
        const kind = "incremental_by_time_range" as const
        const split = yield* version("select a from raw.a", { kind, partitions: daily })
        for (const change of [
          { deps: ["raw.c"] },
          { config: { stream: 1 } },
          { contract: [{ name: "a", type: "BIGINT" }] }
        ]) {
          assert.notStrictEqual(yield* version("select a from raw.a", change), plain)
        }
        const other = yield* version("select a from raw.a", { kind, partitions: { ...daily, by: "b" } })
        assert.notStrictEqual(other, split)
        assert.strictEqual(yield* version("select a from raw.a", { kind, partitions: { ...daily, batch: 3 } }), split)
      }).pipe(Effect.provide(Warehouse.memory))
  )
})

describe("staleness", () => {
  const [d, c, b, a] = diamond as [Asset, Asset, Asset, Asset]
  const all = new Map(
    [
      madeOf(a),
      madeOf(b, { "raw.a": "v-raw.a" }),
      madeOf(c, { "raw.a": "v-raw.a" }),
      madeOf(d, { "core.b": "v-core.b", "core.c": "v-core.c" })
    ].map((made) => [made.asset, made])
  )
  const statesOf = (assets: ReadonlyArray<Asset>, made: ReadonlyMap<string, Made>): Record<string, unknown> =>
    Object.fromEntries(staleness(assetGraph(assets), versionOf, made))

  it("is unchanged when code and inputs are what it was made from", () => {
    for (const state of Object.values(statesOf(diamond, all))) assert.deepStrictEqual(state, { state: "unchanged" })
  })

  it("names changed code, and passes on to what reads it", () => {
    const states = statesOf([d, { ...c, sql: "select 2" }, b, a], all)
    assert.deepStrictEqual(states["core.c"], { state: "stale", reason: "code", inputs: [] })
    assert.deepStrictEqual(states["core.d"], { state: "stale", reason: "input", inputs: ["core.c"] })
    assert.deepStrictEqual(states["core.b"], { state: "unchanged" })
  })

  it("names the input that moved on", () => {
    const moved = new Map(all).set("raw.a", { ...madeOf(a), dataVersion: "v2" })
    assert.deepStrictEqual(statesOf(diamond, moved)["core.b"], { state: "stale", reason: "input", inputs: ["raw.a"] })
  })

  it("is new when it was never made", () => {
    assert.deepStrictEqual(statesOf(diamond, new Map())["core.d"], { state: "new" })
  })
})
