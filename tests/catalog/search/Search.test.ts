import { describe, expect, it } from "@effect/vitest"
import { Effect } from "effect"
import { Catalog } from "#catalog/product/Catalog.ts"
import type { VersionDraft } from "#catalog/product/ProductVersion.ts"
import { Search } from "#catalog/search/Search.ts"
import type { Asked } from "#catalog/search/Search.ts"
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
