import { describe, expect, it } from "@effect/vitest"
import { Effect, Schema } from "effect"
import { TestClock } from "effect/testing"
import { Catalog } from "#catalog/product/Catalog.ts"
import { ProductFile } from "#catalog/product/ProductFile.ts"
import { mvdsOfDraft } from "#catalog/scenario/mvdsOfDraft.ts"
import { mvdsOfVersion } from "#catalog/scenario/mvdsOfVersion.ts"
import { Scenarios } from "#catalog/scenario/Scenarios.ts"
import { Records } from "#core/records/Records.ts"
import { readScenario } from "#pricing/scenario/readScenario.ts"
import { catalogLayer } from "../catalogLayer.ts"
import { shelveOffers } from "../offerVersion.ts"
import { listVersion } from "../listVersion.ts"
import { listedAt, sampleVersion } from "../sampleVersion.ts"

const start = TestClock.setTime(Date.parse(listedAt))
const asks = { scenario: "by_state", purpose: "dpv:MarketResearch", required: ["state"] }

describe("Scenarios", () => {
  it.effect("scores a declared scenario on what is listed, and on every new version", () =>
    Effect.gen(function* () {
      yield* start
      const [catalog, records, scenarios] = [yield* Catalog, yield* Records, yield* Scenarios]
      yield* records.write((db) => listVersion(db, catalog, sampleVersion()))
      const { scores } = yield* scenarios.declare(asks)
      expect(scores.map(({ score }) => [score.gate, score.fit.value])).toEqual([[true, 100]])
      yield* records.write((db) => listVersion(db, catalog, sampleVersion({ release: "rel_2", period: "2026-12" })))
      const kept = yield* scenarios.scores("orders_by_state")
      expect(kept.map(({ version, fit }) => [version, fit])).toEqual([
        ["2026-12.1", 100],
        ["2026-11.1", 100]
      ])
    }).pipe(Effect.provide(catalogLayer))
  )

  it.effect("refuses a scenario without purpose as bad input and stores nothing", () =>
    Effect.gen(function* () {
      const scenarios = yield* Scenarios
      const error = yield* Effect.flip(scenarios.declare({ scenario: "x", required: ["state"] }))
      expect(error).toMatchObject({ _tag: "BadInput", where: { field: "purpose" } })
      expect(error.fix).toContain("purpose: dpv:")
      const stored = yield* (yield* Records).read((db) => db.all("select * from scenario"))
      expect(stored).toEqual([])
    }).pipe(Effect.provide(catalogLayer))
  )
})

describe("the MVDS", () => {
  it.effect("of a listed version is an offer of its menu, and the rest are priced upgrades", () =>
    Effect.gen(function* () {
      yield* start
      yield* shelveOffers(undefined, 1)
      const listing = yield* (yield* Catalog).show("orders_by_state")
      const columns = ["region", "choice"].map((name) => ({ name, part: "key" as const }))
      const measures = ["buyers", "spend_minor"].map((name) => ({ name, part: "measure" as const }))
      const one = listing.version.columns[0]!
      const version = { ...listing.version, columns: [...columns, ...measures].map((own) => ({ ...one, ...own })) }
      const scenario = readScenario({
        ...asks,
        required: ["region", "buyers"],
        optional: ["spend_minor"],
        threshold: 70
      })
      const found = yield* mvdsOfVersion(scenario, { ...listing, version })
      expect(found).toMatchObject({ reached: true, offer: { id: "buyers/all/1" } })
      expect(found.steps.map(({ group }) => group).sort()).toEqual(["buyers", "keys"])
      const whole = listing.price.minor
      expect(found.further).toMatchObject([{ group: "spend_minor", addsFen: whole - found.offer!.fen }])

      // A population within one stratum needs its rows only, and pays for them only.
      const strata = {
        region: ["north", "south"].map((value) => ({ value, size: { ...listing.version.rows, value: 100 } }))
      }
      const north = { ...scenario, population: { column: "region", shares: { north: 1 } } }
      const part = yield* mvdsOfVersion(north, { ...listing, version: { ...version, strata } })
      expect(part).toMatchObject({ reached: true, rows: ["north"], offer: { id: "buyers/north/1" } })
      expect(part.offer!.fen).toBeLessThan(found.offer!.fen)
      expect(found.rows).toBeNull()
    }).pipe(Effect.provide(catalogLayer))
  )

  it.effect("of a product file without a release is bounded from what is public, as an interval", () =>
    Effect.gen(function* () {
      const file = Schema.decodeUnknownSync(ProductFile)({
        product: "orders",
        title: { zh: "订单", en: "Orders" },
        owner: "sales",
        scenario: { purpose: "p", required: ["state"] },
        from: "core.order",
        release: {
          kind: "dp_aggregate",
          unit: "subject_id",
          by: ["state", { month: "date_trunc('month', ordered_at)" }],
          keys: { state: "dp", month: { from: "2026-01-01", to: "2026-12-01", step: "month" } },
          measures: [
            { name: "orders", count: "rows" },
            { name: "spend", sum: "amount", lower: 0, upper: 500, weight: 2 }
          ],
          bounds: { groups_per_subject: 2, rows_per_group: 3 },
          population: { subjects: 10_000, groups: { state: 32 } },
          epsilon: 1,
          delta: 1e-6
        },
        terms: { purposes: ["p"], onward: false, territory: ["CN"], retention: "365 days" },
        price: { base: "12000.00 CNY" }
      })
      const scenario = readScenario({ scenario: "s", purpose: "p", required: ["state", "orders"], threshold: 80 })
      const found = yield* mvdsOfDraft(scenario, file, listedAt)
      expect(found.reached).toBe(true)
      expect(found.steps.map(({ group }) => group).sort()).toEqual(["orders", "state"])
      expect(found.bits.low).toBe(0)
      expect(found.bits.high).toBeGreaterThan(5)
      const spend = found.further.find(({ group }) => group === "spend")!
      // A second measure shares the loss, and says what it costs in error, rho and price.
      expect(spend.halfWidth95).toBeGreaterThan(500)
      expect(spend.rho).toBeGreaterThan(0)
      expect(spend.addsFen).toBeGreaterThan(0)
      expect(spend.addsFen).toBeLessThan(1_200_000)
    })
  )
})
