import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { coreAsset } from "#pipelines/assets/coreAssets.ts"
import { featureAssets } from "#pipelines/assets/featureAssets.ts"
import type { Asset } from "#pipelines/engine/Asset.ts"
import { assetGraph } from "#pipelines/engine/AssetGraph.ts"
import { bindAssets } from "#pipelines/lineage/bindAssets.ts"
import { columnGraph } from "#pipelines/lineage/columnGraph.ts"
import { conformSelect } from "#pipelines/sources/conform/conformSelect.ts"
import type { StreamSpec } from "#pipelines/sources/SourceSpec.ts"

const plain = { group: "test", owners: [], description: { en: "", zh: "" }, grain: [], checks: [] }
const stream = {
  stream: "sales",
  path: "sales.csv",
  as: "order",
  key: ["id"],
  time: { field: "day" },
  subject: "who",
  fields: { order_id: "id", region: "land", amount: { from: "paid", currency: "CNY" } }
} as unknown as StreamSpec
const home: ReadonlyArray<Asset> = [
  { ...plain, key: "raw.shop__sales", kind: "source", deps: [], config: { stream } },
  {
    ...plain,
    key: "conform.order",
    kind: "view",
    deps: ["raw.shop__sales"],
    sql: (columns) => conformSelect("shop", stream, columns.get("raw.shop__sales")!)
  },
  coreAsset("order"),
  featureAssets.find(({ key }) => key === "feature.buyer_preference")!,
  {
    ...plain,
    key: "release.choices",
    kind: "release",
    deps: ["feature.buyer_preference"],
    config: {
      spec: {
        unit: "subject_id",
        by: ["region", { choice: "upper(choice)" }],
        measures: [
          { name: "buyers", count: "subjects" },
          { name: "spent", sum: "amount_minor" }
        ]
      }
    }
  }
]

describe("bindAssets", () => {
  it.effect("knows columns, classes and column lineage of a home whose sources were never read", () =>
    Effect.gen(function* () {
      const bound = yield* bindAssets(assetGraph(home).order, new Map())
      const facts = [...bound].map(([key, { record, carries, problem }]) => [key, record, carries, problem])
      assert.deepStrictEqual(facts, [
        ["raw.shop__sales", "source", true, undefined],
        ["conform.order", "row_preserving", true, undefined],
        ["core.order", "non_invertible", true, undefined],
        ["feature.buyer_preference", "row_preserving", true, undefined],
        ["release.choices", "barrier", false, undefined]
      ])
      const amount = bound.get("core.order")!.columns.find(({ name }) => name === "amount_minor")
      assert.deepStrictEqual(amount, { name: "amount_minor", type: "BIGINT" })
      assert.deepStrictEqual(bound.get("release.choices")!.lineage, {
        columns: {
          region: { direct: { "feature.buyer_preference.region": "IDENTITY" }, indirect: {} },
          choice: { direct: { "feature.buyer_preference.choice": "TRANSFORMATION" }, indirect: {} },
          buyers: { direct: { "feature.buyer_preference.subject_id": "AGGREGATION" }, indirect: {} },
          spent: { direct: { "feature.buyer_preference.amount_minor": "AGGREGATION" }, indirect: {} }
        },
        rows: { "feature.buyer_preference.choice": ["GROUP_BY"], "feature.buyer_preference.region": ["GROUP_BY"] }
      })
    })
  )

  it.effect("leads a released column back to the field of the file, and a field forward to the release", () =>
    Effect.gen(function* () {
      const bound = yield* bindAssets(assetGraph(home).order, new Map())
      const up = columnGraph(bound, "release.choices", "spent", {
        up: true,
        down: false,
        depth: Number.POSITIVE_INFINITY
      })
      assert.isTrue(up.some(({ from, type }) => from === "raw.shop__sales.paid" && type === "DIRECT"))
      const one = columnGraph(bound, "release.choices", "spent", { up: true, down: false, depth: 1 })
      assert.deepStrictEqual(new Set(one.map(({ to }) => to)), new Set(["release.choices.spent", "release.choices.*"]))
      const down = columnGraph(bound, "raw.shop__sales", "land", {
        up: false,
        down: true,
        depth: Number.POSITIVE_INFINITY
      })
      assert.isTrue(down.some(({ to, how }) => to === "release.choices.region" && how === "IDENTITY"))
      assert.isFalse(down.some(({ to }) => to === "release.choices.spent"))
    })
  )

  it.effect(
    "binds anew what has changed: a statement, a column that arrived, an asset less; and hands on what is asked about",
    () =>
      Effect.gen(function* () {
        const source: Asset = { ...home[0]!, key: "raw.plain" }
        const follows: Asset = {
          ...home[3]!,
          key: "feature.follows",
          deps: ["raw.plain"],
          sql: (columns) => `select ${columns.get("raw.plain")!.join(", ")} from raw.plain`
        }
        const writes = (sql: string): Asset => ({ ...home[3]!, key: "feature.writes", deps: ["feature.follows"], sql })
        const bind = (order: ReadonlyArray<Asset>, ...names: ReadonlyArray<string>) =>
          Effect.map(
            bindAssets(order, new Map([["raw.plain", names.map((name) => ({ name, type: "VARCHAR" }))]])),
            (bound) =>
              [...bound.values()].map(({ columns, asset }) => [asset, columns.map(({ name }) => name).join(" ")])
          )
        const short = writes("select a from feature.follows")
        const long = writes("select a, 1 as one from feature.follows")
        for (let i = 0; i < 2; i++) {
          const first = [source, follows, short]
          assert.deepStrictEqual(yield* bind(first, "a"), [
            [source, "a"],
            [follows, "a"],
            [short, "a"]
          ])
          assert.deepStrictEqual(yield* bind([source, follows, long], "a"), [
            [source, "a"],
            [follows, "a"],
            [long, "a one"]
          ])
          assert.deepStrictEqual(yield* bind(first, "a", "b"), [
            [source, "a b"],
            [follows, "a b"],
            [short, "a"]
          ])
          assert.deepStrictEqual(yield* bind([source, follows], "b"), [
            [source, "b"],
            [follows, "b"]
          ])
          const renamed = { ...short, description: { en: "other", zh: "other" } }
          const [, , last] = yield* bind([source, follows, renamed], "a")
          assert.strictEqual(last![0], renamed)
        }
      })
  )

  it.effect("names the asset whose statement does not fit what it reads, and binds the others", () =>
    Effect.gen(function* () {
      const wrong: Asset = {
        ...plain,
        key: "feature.wrong",
        kind: "full",
        deps: ["core.order"],
        sql: "select order_id + 1 as n, colour from core.order"
      }
      const bound = yield* bindAssets(assetGraph([...home, wrong]).order, new Map())
      assert.deepInclude(bound.get("feature.wrong")!.problem, { code: "asset.contract" })
      assert.strictEqual(bound.get("release.choices")!.problem, undefined)
    })
  )
})
