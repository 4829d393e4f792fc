import { describe, expect, it } from "@effect/vitest"
import { Effect } from "effect"
import { TestClock } from "effect/testing"
import { Catalog } from "#catalog/product/Catalog.ts"
import type { VersionDraft } from "#catalog/product/ProductVersion.ts"
import { Search } from "#catalog/search/Search.ts"
import type { Asked } from "#catalog/search/Search.ts"
import { freshnessBand, priceBand, tradabilityBand } from "#catalog/search/searchBands.ts"
import { searchQuery, searchTokens } from "#catalog/search/searchTokens.ts"
import { Records } from "#core/records/Records.ts"
import { catalogLayer } from "../catalogLayer.ts"
import { listVersion } from "../listVersion.ts"
import { sampleVersion } from "../sampleVersion.ts"

const listed = (product: string, zh: string, en: string, more: Partial<VersionDraft> = {}, territory = ["CN"]) =>
  Effect.gen(function* () {
    const { offering } = sampleVersion()
    const catalog = yield* Catalog
    const draft = sampleVersion({
      product,
      release: `rel_${product}_${more.period ?? ""}`,
      offering: { ...offering, title: { zh, en }, terms: { ...offering.terms, territory } },
      ...more
    })
    yield* (yield* Records).write((db) => listVersion(db, catalog, draft))
  })
const shop = Effect.gen(function* () {
  yield* listed("orders_by_state", "各州下单偏好", "Orders by state", { asOf: "2026-10-01" })
  yield* listed("decision_chain", "设备采购决策链图谱", "Equipment purchase decision chain", { asOf: "2026-11-01" })
  yield* listed("maturity", "中小企业数字化成熟度", "SME digital maturity", {}, ["CN", "DE"])
})
const assess = (product: string, index: number, at: string) =>
  Records.use((records) =>
    records.write((db) =>
      db.run(
        `insert into assessment select $digest, product, id, $at, $document from product_version where product = $product`,
        { digest: `${product} ${at}`, product, at, document: JSON.stringify({ index: { index } }) }
      )
    )
  )
const names = (asked: Asked) =>
  Effect.map(
    Search.use((search) => search.find(asked)),
    ({ products }) => products.map(({ product }) => product)
  )

describe("Search", () => {
  it.effect("finds any part of a Chinese word, English words by their beginnings, and columns", () =>
    Effect.gen(function* () {
      yield* shop
      for (const text of ["决策链", "采购", "决策 图谱", "equip", "PURCHASE chain", "decision_chain", "决"])
        expect(yield* names({ text })).toEqual(["decision_chain"])
      expect(yield* names({ text: "偏好采购" })).toEqual([])
      expect((yield* names({ text: "州" })).length).toBe(3)
      expect((yield* names({ text: "state" }))[0]).toBe("orders_by_state")
    }).pipe(Effect.provide(catalogLayer))
  )

  it.effect("narrows by facets, counts them, sorts and pages", () =>
    Effect.gen(function* () {
      yield* shop
      const search = yield* Search
      const all = yield* search.find({})
      expect(all.total).toBe(3)
      expect(all.facets["territory"]).toEqual([
        { value: "CN", products: 3 },
        { value: "DE", products: 1 }
      ])
      expect(yield* names({ facets: { territory: "DE" } })).toEqual(["maturity"])
      expect(yield* names({ text: "采购", facets: { territory: "DE" } })).toEqual([])
      expect((yield* names({ order: "freshness" }))[0]).toBe("maturity")
      expect(yield* names({ limit: 1, offset: 3 })).toEqual([])
      expect((yield* Effect.flip(search.find({ limit: 101 }))).code).toBe("search.page")
      const strange = { facets: { "'; drop table product; --": "x" } } as Asked
      expect((yield* Effect.flip(search.find(strange))).code).toBe("search.facet")
    }).pipe(Effect.provide(catalogLayer))
  )

  it.effect("sorts by the tradability index of the last assessment, and puts what has none last", () =>
    Effect.gen(function* () {
      yield* shop
      yield* assess("orders_by_state", 91.5, "2026-11-02T00:00:00.000Z")
      yield* assess("orders_by_state", 86.5, "2026-11-01T00:00:00.000Z")
      yield* assess("maturity", 96, "2026-11-01T00:00:00.000Z")
      expect(yield* names({ order: "tradability" })).toEqual(["maturity", "orders_by_state", "decision_chain"])
      expect(yield* names({ facets: { tradability: "90-95" } })).toEqual(["orders_by_state"])
      const { facets } = yield* (yield* Search).find({ facets: { kind: "dp_aggregate" } })
      expect(facets["tradability"]).toEqual([
        { value: "90-95", products: 1 },
        { value: "95-100", products: 1 }
      ])
      expect(facets["kind"]).toEqual([{ value: "dp_aggregate", products: 3 }])
    }).pipe(Effect.provide(catalogLayer))
  )

  it.effect("finds a product in the bands of the day: rows age and prices fall while nobody lists anything", () =>
    Effect.gen(function* () {
      yield* TestClock.setTime(Date.parse("2026-11-02T08:00:00Z"))
      yield* shop
      const catalog = yield* Catalog
      const bands = Effect.fnUntraced(function* () {
        const { facets } = yield* (yield* Search).find({ text: "decision_chain" })
        return [facets["freshness"]![0]!.value, facets["price"]![0]!.value]
      })
      const before = (yield* catalog.show("decision_chain")).price
      expect(yield* bands()).toEqual(["week", priceBand(before.minor, "CNY")])
      yield* TestClock.setTime(Date.parse("2027-11-02T08:00:00Z"))
      const after = (yield* catalog.show("decision_chain")).price
      expect(priceBand(after.minor, "CNY")).not.toBe(priceBand(before.minor, "CNY"))
      expect(yield* bands()).toEqual(["older", priceBand(after.minor, "CNY")])
    }).pipe(Effect.provide(catalogLayer))
  )

  it("has half-open bands", () => {
    expect([0, 99_999, 100_000, 499_999, 50_000_000].map((minor) => priceBand(minor, "CNY"))).toEqual([
      "CNY 0-1000",
      "CNY 0-1000",
      "CNY 1000-5000",
      "CNY 1000-5000",
      "CNY 500000+"
    ])
    expect([84.9, 85, 95].map(tradabilityBand)).toEqual(["0-85", "85-90", "95-100"])
    expect(
      ["2026-11-08", "2026-11-01", "2026-10-01", "2026-08-15", "2026-01-01"].map((day) =>
        freshnessBand(day, "2026-11-08T01:00:00Z")
      )
    ).toEqual(["week", "week", "quarter", "quarter", "older"])
  })

  it.effect("replaces a product's earlier words when a new version is listed", () =>
    Effect.gen(function* () {
      yield* shop
      yield* listed("maturity", "企业成熟度", "Maturity of firms", { period: "2026-12" }, ["CN", "DE"])
      expect(yield* names({ text: "digital" })).toEqual([])
      expect(yield* names({ text: "firms" })).toEqual(["maturity"])
    }).pipe(Effect.provide(catalogLayer))
  )

  it.effect("takes whatever is typed for words", () =>
    Effect.gen(function* () {
      yield* shop
      for (const text of [
        '"',
        "state OR 1=1",
        "state*",
        "NEAR(a b)",
        "-state",
        "title:state",
        "🎉",
        "   ",
        "a".repeat(9999)
      ])
        expect((yield* (yield* Search).find({ text })).total).toBeLessThanOrEqual(3)
    }).pipe(Effect.provide(catalogLayer))
  )

  it("cuts Chinese into overlapping pairs and keeps words whole", () => {
    expect(searchTokens("跨境电商 Ｂuyer-region_2026")).toEqual(["跨境", "境电", "电商", "buyer", "region", "2026"])
    expect(searchTokens("州 & 省份")).toEqual(["州", "省份"])
    expect(searchQuery('"); drop')).toBe('"drop"*')
    expect(searchQuery("…")).toBeUndefined()
  })
})
