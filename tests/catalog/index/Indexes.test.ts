import { describe, expect, it } from "@effect/vitest"
import { Effect } from "effect"
import { TestClock } from "effect/testing"
import { Indexes } from "#catalog/index/Indexes.ts"
import { Catalog } from "#catalog/product/Catalog.ts"
import { Scenarios } from "#catalog/scenario/Scenarios.ts"
import { Records } from "#core/records/Records.ts"
import { releasedQuality } from "#pricing/index/releasedQuality.ts"
import type { TradabilityIndex } from "#pricing/index/tradabilityIndex.ts"
import { catalogLayer } from "../catalogLayer.ts"
import { listVersion } from "../listVersion.ts"
import { listedAt, sampleVersion } from "../sampleVersion.ts"

const product = "orders_by_state"
const keys = [Array.from({ length: 400 }, (_, i) => `s${i}`)]
const values = Array.from({ length: 400 }, (_, i) => 500 - i)
const sound = sampleVersion({
  governance: { steward: "data-steward", classification: "internal", sourceOfRight: "Terms of sale" },
  certificate: {
    release: "rel_1",
    keys: [{ name: "state", from: "state", rule: "public list" }],
    measures: [{ name: "orders", rho: 0.02, halfWidth95: 10, predictedMedianRelativeError: 0.05 }]
  },
  quality: releasedQuality({ release: "rel_1", keys, measures: [{ values, least: 0, halfWidth95: 10 }] }, listedAt)
})
const list = Effect.gen(function* () {
  yield* TestClock.setTime(Date.parse(listedAt))
  const catalog = yield* Catalog
  yield* (yield* Records).write((db) => listVersion(db, catalog, sound))
})
const testify = (item: string, signer: string, value = 1) =>
  Indexes.use((indexes) =>
    indexes.record({ product, item, value, signer, note: "Seen and agreed.", days: 200, isDemo: true })
  )
const index = Indexes.use((indexes) => indexes.index(product, "dcmm-8"))
const scoreOf = ({ domains }: TradabilityIndex, id: string): number =>
  domains.flatMap(({ items }) => items).find((item) => item.id === id)!.score

describe("Indexes", () => {
  it.effect(
    "blocks a fresh product for what nobody has vouched for, and names the profile without trading history",
    () =>
      Effect.gen(function* () {
        yield* list
        const fresh = yield* index
        expect(fresh).toMatchObject({ index: 0, isTradable: false, profile: "dcmm-8/before-day-90" })
        expect(fresh.ungated).toBeGreaterThan(40)
        expect(fresh.gates.filter(({ passed }) => !passed).map(({ id }) => id)).toEqual(["G5", "G7"])
        expect(scoreOf(fresh, "approvals")).toBe(0)
        // The file is not on the shelf, so nothing can be handed over.
        expect(scoreOf(fresh, "api_availability")).toBe(0)
      }).pipe(Effect.provide(catalogLayer))
  )

  it.effect("rises as evidence comes in, falls when it is withdrawn, and vetoes when a gate's evidence is", () =>
    Effect.gen(function* () {
      yield* list
      yield* testify("G5", "demo-steward-1")
      const owned = yield* testify("G7", "demo-steward-1")
      const before = yield* index
      expect(before.index).toBe(before.ungated)
      yield* testify("approvals", "demo-steward-1")
      expect(scoreOf(yield* index, "approvals")).toBe(0.5)
      yield* testify("approvals", "demo-steward-1")
      expect(scoreOf(yield* index, "approvals")).toBe(0.5)
      const second = yield* testify("approvals", "demo-steward-2")
      const approved = yield* index
      expect(scoreOf(approved, "approvals")).toBe(1)
      expect(approved.index).toBeGreaterThan(before.index)

      const indexes = yield* Indexes
      yield* indexes.withdraw(second)
      expect((yield* index).index).toBeLessThan(approved.index)
      yield* indexes.withdraw(owned)
      expect((yield* index).index).toBe(0)
      expect(yield* Effect.flip(indexes.withdraw(owned))).toMatchObject({ code: "evidence.unknown" })
    }).pipe(Effect.provide(catalogLayer))
  )

  it.effect("reaches its target only with everything, and loses it when evidence expires or day 90 passes", () =>
    Effect.gen(function* () {
      yield* list
      const items = [
        "G5",
        "G7",
        "approvals",
        "open_issues",
        "value_hypothesis",
        "attack_results",
        "api_availability",
        "exports"
      ]
      for (const item of items) yield* testify(item, "demo-steward-1")
      yield* testify("approvals", "demo-steward-2")
      yield* (yield* Scenarios).declare({
        scenario: "s",
        buyer: "acme",
        purpose: "dpv:MarketResearch",
        required: ["state"]
      })
      const best = yield* index
      expect(best.index).toBeGreaterThan(80)
      yield* TestClock.adjust("40 days")
      expect((yield* index).index).toBeLessThan(best.index)
      yield* TestClock.adjust("60 days")
      const after = yield* index
      expect(after.profile).toBe("dcmm-8/after-day-90")
      expect(after.isTradable).toBe(false)
    }).pipe(Effect.provide(catalogLayer))
  )

  it.effect("holds a certificate against attacks by proof, until somebody has tried them out", () =>
    Effect.gen(function* () {
      yield* list
      const proved = yield* index
      // Pinsker: the root of half of rho, and delta.
      expect(scoreOf(proved, "attack_results")).toBeCloseTo(1 - Math.sqrt(0.0244 / 2) - 1e-6, 12)
      const bad = yield* testify("attack_results", "attacker", 0.3)
      const tried = yield* index
      expect(scoreOf(tried, "attack_results")).toBe(0.3)
      expect(tried.gates.find(({ id }) => id === "G8")!.passed).toBe(false)
      yield* Indexes.use((indexes) => indexes.withdraw(bad))
      expect((yield* index).gates.find(({ id }) => id === "G8")!.passed).toBe(true)
    }).pipe(Effect.provide(catalogLayer))
  )

  it.effect("lets nobody vouch for what the house measures", () =>
    Effect.gen(function* () {
      yield* list
      expect(yield* Effect.flip(testify("accuracy", "steward"))).toMatchObject({
        _tag: "BadInput",
        code: "evidence.item"
      })
      expect(yield* Effect.flip(testify("G5", ""))).toMatchObject({ code: "evidence.by" })
      expect(yield* Effect.flip(testify("G5", "steward", 2))).toMatchObject({ code: "evidence.value" })
    }).pipe(Effect.provide(catalogLayer))
  )
})

describe("releasedQuality", () => {
  it("counts what is there, single, possible and above its noise", () => {
    const own = releasedQuality(
      {
        release: "r",
        keys: [["a", "a", null, "c"]],
        measures: [{ values: [5, -3, 40, Number.NaN], least: 0, halfWidth95: 10 }]
      },
      listedAt
    )
    const shares = Object.fromEntries(
      Object.entries(own).map(([name, { share, trials }]) => [name, [share.value, trials.value]])
    )
    expect(shares).toEqual({
      completeness: [6 / 8, 8],
      uniqueness: [0.5, 4],
      consistency: [2 / 3, 3],
      precision: [1 / 3, 3]
    })
  })
})
