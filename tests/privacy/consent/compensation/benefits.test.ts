import { assert, describe, it } from "@effect/vitest"
import { Effect, Layer } from "effect"
import { BadInput } from "#core/BadInput.ts"
import { Records } from "#core/records/Records.ts"
import { Log } from "#core/log/Log.ts"
import { logMigrations } from "#core/log/migrations.ts"
import { benefitOfProduct } from "#privacy/consent/compensation/benefitOfProduct.ts"
import { benefitPerSale } from "#privacy/consent/compensation/benefitPerSale.ts"
import { compensationMigrations } from "#privacy/consent/compensation/migrations.ts"
import type { Tariff } from "#privacy/consent/compensation/Tariff.ts"
import { Tariffs } from "#privacy/consent/compensation/Tariffs.ts"

const tariff: Tariff = {
  currency: "CNY",
  lines: [
    { category: "dpv-pd:Financial", purpose: "dpv:ResearchAndDevelopment", perSale: "0.00000002" },
    { category: "dpv-pd:Purchase", purpose: "dpv:MarketResearch", perSale: "0.05" },
    { category: "dpv-pd:Location", purpose: "dpv:CommercialResearch", perSale: "0.01" }
  ]
}
const use = {
  purpose: "dpv:MarketResearch",
  categories: ["dpv-pd:Purchase"],
  floor: { minor: 12_000, currency: "CNY" },
  setSize: 64
}

describe("what a subject earns by a sale", () => {
  it("is the tariff's amount for the category and purpose, the closest line first", () => {
    assert.strictEqual(benefitPerSale(tariff, use), 5_000_000)
    // A broader category and purpose where there is no line of their own.
    assert.strictEqual(benefitPerSale(tariff, { ...use, categories: ["dpv-pd:Income"] }), 2)
    assert.strictEqual(benefitPerSale(tariff, { ...use, categories: ["dpv-pd:Purchase", "dpv-pd:Country"] }), 6_000_000)
    assert.strictEqual(benefitPerSale(tariff, { ...use, categories: ["dpv-pd:Voice"] }), 0)
    assert.strictEqual(benefitPerSale(tariff, { ...use, purpose: "dpv:Marketing" }), 0)
  })

  it("is never more than an equal part of the floor over the padded set, so the floor always suffices", () => {
    assert.strictEqual(benefitPerSale(tariff, { ...use, setSize: 32_768 }), Math.floor(12_000_000_000 / 32_768))
    for (const setSize of [64, 1024, 2 ** 21]) {
      const micro = benefitPerSale(tariff, { ...use, setSize })
      assert.isAtMost(micro * setSize, 12_000 * 1_000_000)
    }
  })

  it("is nothing in another currency", () => {
    assert.strictEqual(benefitPerSale(tariff, { ...use, floor: { minor: 12_000, currency: "EUR" } }), 0)
  })
})

describe("what is owed for a product and a month", () => {
  it("is the sum over subjects, rounded down once, and never more than the floors of what was sold", () => {
    const sale = { product: "p", month: "2026-11", currency: "CNY", micro: 333_333, touched: 2 }
    assert.deepStrictEqual(benefitOfProduct([sale, sale]), [
      { product: "p", month: "2026-11", total: { minor: 1, currency: "CNY" } }
    ])
    assert.deepStrictEqual(
      benefitOfProduct([sale, { ...sale, month: "2026-10" }, { ...sale, product: "a" }]).map(
        ({ month, product, total }) => [month, product, total.minor]
      ),
      [
        ["2026-10", "p", 0],
        ["2026-11", "a", 0],
        ["2026-11", "p", 0]
      ]
    )
  })

  it("is exact where a double is not", () => {
    const sale = { product: "p", month: "2026-11", currency: "CNY", micro: 9_007_199_254_740_991, touched: 3 }
    assert.strictEqual(benefitOfProduct([sale])[0]!.total.minor, 27_021_597_764)
  })
})

const layer = Tariffs.layer.pipe(
  Layer.provideMerge(Log.memory),
  Layer.provideMerge(Records.memory([...logMigrations, ...compensationMigrations]))
)

describe("a tariff", () => {
  it.effect("is set by somebody, for terms that exist, and what held before stays on record", () =>
    Effect.gen(function* () {
      const tariffs = yield* Tariffs
      const refused = (document: unknown, by = "Li") =>
        Effect.map(Effect.flip(tariffs.set(document, by)), (error) => {
          assert.instanceOf(error, BadInput)
          return error.code
        })
      assert.strictEqual(yield* refused(tariff, " "), "tariff.by")
      for (const wrong of [
        null,
        {},
        { ...tariff, lines: [] },
        { ...tariff, extra: 1 },
        { ...tariff, lines: [{ ...tariff.lines[0], perSale: "-1" }] },
        { ...tariff, lines: [{ ...tariff.lines[0], perSale: "1e9" }] },
        { ...tariff, lines: [{ ...tariff.lines[0], category: "dpv-pd:None" }] },
        { ...tariff, lines: [{ ...tariff.lines[0], purpose: "toString" }] },
        { ...tariff, lines: [tariff.lines[0], tariff.lines[0]] }
      ])
        assert.strictEqual(yield* refused(wrong), "tariff.document")
      yield* tariffs.set(tariff, "Li")
      yield* tariffs.set({ ...tariff, currency: "EUR" }, "Wang")
      const all = yield* (yield* Records).read(tariffs.all)
      assert.deepStrictEqual(
        all.map(({ by, tariff: { currency } }) => [by, currency]),
        [
          ["Li", "CNY"],
          ["Wang", "EUR"]
        ]
      )
      assert.strictEqual((yield* (yield* Log).drain).size, 2)
    }).pipe(Effect.provide(layer))
  )
})
