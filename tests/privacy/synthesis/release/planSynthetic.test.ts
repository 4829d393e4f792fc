import { assert, describe, it } from "@effect/vitest"
import { Effect, Layer } from "effect"
import { seededBits } from "#core/random/BitSource.ts"
import { logMigrations } from "#core/log/migrations.ts"
import { Log } from "#core/log/Log.ts"
import { Records } from "#core/records/Records.ts"
import type { SyntheticSpec } from "#core/release/SyntheticSpec.ts"
import { Warehouse } from "#core/warehouse/Warehouse.ts"
import { Budget } from "#privacy/budget/Budget.ts"
import { budgetMigrations } from "#privacy/budget/migrations.ts"
import { rhoUnits } from "#privacy/dp/accounting/rhoUnits.ts"
import { zcdpRho } from "#privacy/dp/accounting/zcdpRho.ts"
import { Noise } from "#privacy/dp/Noise.ts"
import { learnSynthesis } from "#privacy/synthesis/learnSynthesis.ts"
import { describeSynthetic } from "#privacy/synthesis/release/describeSynthetic.ts"
import { keepMarginals } from "#privacy/synthesis/release/keepMarginals.ts"
import { synthesisMigrations } from "#privacy/synthesis/release/migrations.ts"
import { outlineOf } from "#privacy/synthesis/release/outlineOf.ts"
import { paidMarginals } from "#privacy/synthesis/release/paidMarginals.ts"
import { planSynthetic } from "#privacy/synthesis/release/planSynthetic.ts"

const spec: SyntheticSpec = {
  kind: "synthetic",
  unit: "subject_id",
  algorithm: "independent",
  columns: {
    firm: { type: "key" },
    sector: { type: "categorical", values: ["a", "b", "c"] },
    size: { type: "integer", lower: 1, upper: 8, bins: 8 }
  },
  rows: 100,
  population: { subjects: 3000 },
  epsilon: 1,
  delta: 1e-6
}
const table = {
  asset: "core.firm",
  columns: [
    { name: "subject_id", type: "VARCHAR" },
    { name: "sector", type: "VARCHAR" },
    { name: "size", type: "BIGINT" }
  ]
}
const whole = rhoUnits.limit(zcdpRho(1, 1e-6))
const codeOf = (effect: Effect.Effect<unknown, { readonly code: string }>) =>
  Effect.map(Effect.flip(effect), ({ code }) => code)

const drawn = Effect.gen(function* () {
  const { synthesis } = yield* planSynthetic(spec, table, [])
  yield* (yield* Warehouse).run(
    `create or replace table core.firm as select cast(i as varchar) as subject_id, ['a', 'b', 'c'][1 + i % 3] as sector, 1 + i % 8 as size
     from range(3000) t(i)`
  )
  const source = { relation: "core.firm", subject: "subject_id", scratch: ["_stage", "firm"] } as const
  return (yield* learnSynthesis(synthesis, source)).marginals
}).pipe(Effect.provide(Layer.merge(Warehouse.memory, Noise.layerOver(seededBits("firms")))))

describe("a synthetic release of a home", () => {
  it.effect("is charged the whole of its epsilon, and has the outline of its columns", () =>
    Effect.gen(function* () {
      const { outline, synthesis } = yield* planSynthetic(spec, table, [])
      assert.strictEqual(outline.noise.chargeUnits, whole)
      assert.strictEqual(synthesis.units, whole)
      assert.deepStrictEqual(outlineOf(spec).by, ["sector", "size"])
      assert.isBelow(outline.prediction!.measures[0]!.medianRelativeError, 0.3)
    })
  )

  it.effect("waits for a census where nobody knows the population, and pays it out of its own loss", () =>
    Effect.gen(function* () {
      const { population: _, ...unknown } = spec
      const blind = yield* planSynthetic(unknown, table, [])
      assert.isUndefined(blind.outline.prediction)
      const info = { subjects: 3000, source: "census", censusUnits: whole / 50n } as const
      const told = yield* planSynthetic(unknown, table, [], info)
      assert.strictEqual(told.outline.hash, blind.outline.hash)
      assert.strictEqual(told.outline.noise.chargeUnits, whole)
      assert.strictEqual(told.synthesis.units, whole - whole / 50n)
    })
  )

  it.effect("is refused without subjects, over identifiers, and where it would be useless", () =>
    Effect.gen(function* () {
      const without = { ...table, columns: table.columns.slice(1) }
      assert.strictEqual(yield* codeOf(planSynthetic(spec, without, [])), "release.unit")
      const naming = { ...spec, columns: { subject_id: 3 } }
      assert.strictEqual(yield* codeOf(planSynthetic(naming, table, [])), "release.identifier")
      const few = { ...spec, population: { subjects: 40 } }
      assert.strictEqual(yield* codeOf(planSynthetic(few, table, [])), "release.useless")
    })
  )

  it.effect("buys nothing again that another product has paid over the same asset in the same period", () =>
    Effect.gen(function* () {
      const of = { asset: table.asset, period: "2026-Q4", rowsPerSubject: 1 }
      const charge = (planHash: string) =>
        Effect.flatMap(Budget, (budget) =>
          budget.reserve({
            kind: "release",
            period: of.period,
            planHash,
            purpose: "dpv:MarketResearch",
            buyer: "public",
            product: "firms",
            rhoUnits: whole,
            delta: 0
          })
        )
      const first = yield* charge("first")
      let draws = 0
      const draw = Effect.tap(drawn, () => Effect.sync(() => draws++))
      const marginals = yield* keepMarginals(first.releaseId, of, draw)
      assert.deepStrictEqual(yield* keepMarginals(first.releaseId, of, draw), marginals)
      assert.strictEqual(draws, 1)

      assert.deepStrictEqual(yield* paidMarginals({ ...of, planHash: "first" }), [])
      assert.deepStrictEqual(yield* paidMarginals({ ...of, period: "2027-Q1", planHash: "second" }), [])
      assert.deepStrictEqual(yield* paidMarginals({ ...of, rowsPerSubject: 2, planHash: "second" }), [])
      const earlier = yield* paidMarginals({ ...of, planHash: "second" })
      assert.strictEqual(earlier.length, 1)
      const second = yield* planSynthetic({ ...spec, algorithm: "mst", rows: 500 }, table, earlier)
      assert(second.outline.noise.chargeUnits <= (whole * 2n) / 3n + 1n)
      const none = yield* planSynthetic({ ...spec, rows: 500 }, table, earlier)
      assert.strictEqual(none.synthesis.units, 0n)
      assert.strictEqual(none.outline.noise.chargeUnits, 1n)

      // A charge that came first keeps its plan, whatever is paid after it.
      yield* charge("early")
      const later = yield* charge("later")
      yield* keepMarginals(later.releaseId, of, draw)
      assert.strictEqual((yield* paidMarginals({ ...of, planHash: "early" })).length, 1)
    }).pipe(
      Effect.provide(
        Budget.layer.pipe(
          Layer.provideMerge(Log.memory),
          Layer.provideMerge(
            Layer.orDie(Records.memory([...logMigrations, ...budgetMigrations, ...synthesisMigrations]))
          )
        )
      )
    )
  )

  it.effect("certifies each noisy marginal and the hash of all, and nothing exact", () =>
    Effect.gen(function* () {
      const { outline, synthesis } = yield* planSynthetic(spec, table, [])
      const marginals = yield* drawn
      const facts = { releaseId: "rel_1", product: "firms", period: "2026-Q4", issuedAt: "2026-11-22", lineage: [] }
      const body = describeSynthetic(outline, synthesis.request, marginals, 100, facts)
      assert.deepStrictEqual(
        body.synthesis!.measurements.map(({ columns }) => columns),
        [["sector"], ["size"]]
      )
      assert.match(body.synthesis!.marginals, /^[0-9a-f]{64}$/)
      assert.deepStrictEqual(body.measures, [])
      assert.deepStrictEqual(
        body.keys.map(({ name, rule }) => [name, rule]),
        [
          ["sector", "public list"],
          ["size", "public range"]
        ]
      )
    })
  )
})
