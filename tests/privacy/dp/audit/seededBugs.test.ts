import { assert, layer } from "@effect/vitest"
import { Effect, Layer } from "effect"
import { seededBits } from "#core/random/BitSource.ts"
import type { ReleaseSpec } from "#core/release/ReleaseSpec.ts"
import { Warehouse } from "#core/warehouse/Warehouse.ts"
import { planAggregate } from "#privacy/dp/aggregate/planAggregate.ts"
import { auditPipeline } from "#privacy/dp/audit/auditPipeline.ts"
import { auditPlan } from "#privacy/dp/audit/auditPlan.ts"
import { pipelineOf } from "#privacy/dp/audit/pipelineOf.ts"
import { canaryBound } from "#privacy/dp/audit/canaryBound.ts"
import { seededBugs } from "#privacy/dp/audit/seededBugs.ts"
import { Noise } from "#privacy/dp/Noise.ts"
import { ordersByState, ordersFacts } from "../aggregate/orders.ts"

/** One plan that every seeded bug can touch. */
const rich: ReleaseSpec = {
  ...ordersByState,
  measures: [
    { name: "orders", count: "rows" },
    { name: "spend", sum: "amount_minor", lower: 0, upper: 500 },
    { name: "mass", sum: "weight", lower: -3, upper: 3, step: 0.01 },
    { name: "average", mean: "weight", lower: 0, upper: 30, step: 0.01 },
    { name: "spread", variance: "items", lower: 0, upper: 40 },
    { name: "middle", quantile: 0.5, of: "amount_minor", lower: 0, upper: 500 },
    { name: "quarters", quantiles: [0.75, 0.25, 0.5], of: "items", lower: 0, upper: 40 },
    { name: "sizes", histogram: "items", bands: 4, lower: 0, upper: 40 },
    { name: "found", sum: "items", lower: 0, upper: "dp" }
  ],
  bounds: { groups_per_subject: 2, rows_per_group: 2, min_subjects: 2 },
  population: { subjects: 900_000, groups: { state: 8 } },
  epsilon: 8
}
const open = {
  by: ["state", "channel"],
  keys: { state: ["A", "B"], channel: ["A", "B"] },
  measures: [
    { name: "orders", count: "rows" },
    { name: "spend", sum: "amount_minor", lower: 0, upper: 500 }
  ],
  population: { subjects: 900_000 }
} satisfies Partial<ReleaseSpec>
/** Totals of coarser groupings beside the cells. */
const levelled: ReleaseSpec = { ...rich, ...open, levels: [["state"], []] }
/** Cells that are chosen before they are measured. */
const peeled: ReleaseSpec = { ...rich, ...open, top: { by: "orders", k: 3, peel: true } }
/** One month of subjects by itself. */
const monthly: ReleaseSpec = { ...rich, unit: "subject_month", time: "ordered_at" }
const services = Layer.mergeAll(Warehouse.memory, Noise.layerOver(seededBits("audit")))

layer(services)("record and replay (T7, exact: no false alarms)", (it) => {
  it.effect(
    "finds nothing wrong with a right pipeline, on 50 generated tables and every subject",
    () =>
      Effect.gen(function* () {
        const plan = yield* planAggregate(rich, ordersFacts)
        const result = yield* auditPipeline(pipelineOf(plan), ordersFacts, seededBits("right"), 50)
        assert.deepStrictEqual(result.findings, [])
        assert.strictEqual(result.removals, 400)
        // The declared sensitivities are reached, so one step less would have been found.
        assert.strictEqual(result.reached["total of orders"], 1)
        assert.strictEqual(result.reached["count of average"], 1)
        assert.isAbove(result.reached["values of middle"]!, 0.4)
        assert.isAbove(result.reached["values of quarters_p25"]!, 0.4)
        assert.isAbove(result.reached["values of sizes_b0"]!, 0.4)
        assert.strictEqual(result.reached["bounds of found"], 1)
      }),
    240_000
  )

  it.effect(
    "finds that a month's release moves by its own month alone, and by one subject in it within the sensitivity",
    () =>
      Effect.gen(function* () {
        const pipeline = pipelineOf(yield* planAggregate(monthly, ordersFacts))
        const { reached, findings } = yield* auditPipeline(pipeline, ordersFacts, seededBits("monthly"), 4)
        assert.deepStrictEqual(findings, [])
        assert.isAtLeast(reached["total of orders"]!, 0.5)
      })
  )

  it.effect(
    "finds the totals of levels and the scores of a peeled top within their declared sensitivity, and reaching it",
    () =>
      Effect.gen(function* () {
        const { reached, findings } = yield* auditPipeline(
          pipelineOf(yield* planAggregate(levelled, ordersFacts)),
          ordersFacts,
          seededBits("levels"),
          20
        )
        assert.deepStrictEqual(findings, [])
        // More than a cell's sensitivity over that of a total: noise made for cells alone would have been found.
        assert.isAbove(reached["total of orders by nothing"]!, 0.5)
        assert.isAbove(reached["total of orders by state"]!, 0.5)
        const peel = yield* auditPipeline(
          pipelineOf(yield* planAggregate(peeled, ordersFacts)),
          ordersFacts,
          seededBits("peel"),
          4
        )
        assert.deepStrictEqual(peel.findings, [])
        assert.strictEqual(peel.reached["score of orders"], 1)
      })
  )
})

layer(services)("a seeded bug (T8)", (it) => {
  it.effect.each(seededBugs.map((bug) => [bug.name, bug] as const))("is caught: %s", ([, { plant }]) =>
    Effect.gen(function* () {
      const plan = yield* planAggregate(rich, ordersFacts)
      const one = yield* planAggregate(
        { ...rich, bounds: { groups_per_subject: 2, rows_per_group: 2, min_subjects: 1 } },
        ordersFacts
      )
      const others = yield* Effect.forEach([levelled, peeled, monthly], (spec) => planAggregate(spec, ordersFacts))
      let caught = false
      for (const tried of [plan, one, ...others]) {
        const planted = plant(tried)
        if (planted === undefined) continue
        const { findings } = yield* auditPipeline(planted, ordersFacts, seededBits("bugs"), 8, true)
        caught ||= findings.length > 0
        if (caught) break
      }
      assert.isTrue(caught)
    })
  )

  it("is one of at least twenty-nine", () => {
    assert.isAtLeast(seededBugs.length, 29)
  })
})

layer(services)("the audit of a plan", (it) => {
  it.effect(
    "passes, says which bugs it could see, and refutes less than is declared (T10 runs 20 of them nightly)",
    () =>
      Effect.gen(function* () {
        const report = yield* auditPlan(
          yield* planAggregate(ordersByState, ordersFacts),
          ordersFacts,
          seededBits("plan"),
          5
        )
        assert.isTrue(report.passed)
        assert.isAtLeast(report.bugs.filter(({ caught }) => caught === true).length, 10)
        assert.isAtMost(report.canaries.lowerBound, report.canaries.declared)
        assert.strictEqual(report.canaries.planted, 1000)
      })
  )

  it("refutes what is far from private, and nothing by fair coins", () => {
    assert.isAbove(canaryBound(1000, 1000, 1e-6), 5)
    assert.strictEqual(canaryBound(500, 1000, 1e-6), 0)
    assert.strictEqual(canaryBound(1000, 1000, 1e-2), 0)
  })
})
