import { assert, describe, it } from "@effect/vitest"
import { BadInput } from "#core/BadInput.ts"
import type { Asset } from "#pipelines/engine/Asset.ts"
import { assetGraph } from "#pipelines/engine/AssetGraph.ts"
import { codeVersion } from "#pipelines/engine/codeVersion.ts"
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

const madeOf = (of: Asset, inputs: Record<string, string> = {}): Made => ({
  asset: of.key,
  run: "run_1",
  physical: "",
  codeVersion: codeVersion(of),
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

  it("refuses a name that is no asset and proposes near ones", () => {
    assert.throws(() => select("raw.d"), /no asset/)
    assert.throws(() => select("group:nothing"), BadInput)
  })
})

describe("codeVersion", () => {
  const version = (sql: string): string => codeVersion(asset("core.b", ["raw.a"], sql))

  it("does not change with white space or comments", () => {
    assert.strictEqual(version("select a\n  from raw.a -- why"), version("select a from raw.a"))
    assert.strictEqual(version("select /* x */ a from raw.a"), version("select a from raw.a"))
  })

  it("changes with the statement, also inside of quotes, with inputs and with configuration", () => {
    assert.notStrictEqual(version("select 'a  b'"), version("select 'a b'"))
    assert.notStrictEqual(version("select '-- a'"), version("select '-- b'"))
    assert.notStrictEqual(version("select a"), version("select b"))
    const one = asset("core.b", ["raw.a"])
    assert.notStrictEqual(codeVersion({ ...one, deps: ["raw.c"] }), codeVersion(one))
    assert.notStrictEqual(codeVersion({ ...one, config: { stream: 1 } }), codeVersion(one))
  })
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
    Object.fromEntries(staleness(assetGraph(assets), codeVersion, made))

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
