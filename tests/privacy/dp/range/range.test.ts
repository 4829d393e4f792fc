import { assert, describe, it as plain, layer } from "@effect/vitest"
import { Effect, Layer } from "effect"
import { seededBits } from "#core/random/BitSource.ts"
import type { ReleaseSpec } from "#core/release/ReleaseSpec.ts"
import { Warehouse } from "#core/warehouse/Warehouse.ts"
import { rhoUnits } from "#privacy/dp/accounting/rhoUnits.ts"
import { planAggregate } from "#privacy/dp/aggregate/planAggregate.ts"
import { runAggregate } from "#privacy/dp/aggregate/runAggregate.ts"
import { checkNoise } from "#privacy/dp/audit/checkNoise.ts"
import { describeRelease } from "#privacy/dp/certificate/describeRelease.ts"
import { discreteGaussianTail } from "#privacy/dp/gaussian/discreteGaussianTail.ts"
import { Noise } from "#privacy/dp/Noise.ts"
import { findBounds } from "#privacy/dp/range/findBounds.ts"
import { RANGE_BINS, rangeBinEnds, rangeBinSql } from "#privacy/dp/range/rangeBins.ts"
import { rangeHistogram } from "#privacy/dp/range/rangeHistogram.ts"
import { rangeNoise } from "#privacy/dp/range/rangeNoise.ts"
import { rangeOf } from "#privacy/dp/range/rangeOf.ts"
import { settleBounds } from "#privacy/dp/range/settleBounds.ts"
import { gaussianSampler } from "#privacy/dp/sampler/gaussianSampler.ts"
import { ordersByState, ordersFacts, ordersTable } from "../aggregate/orders.ts"

const relation = ["core", "order"]
const spec: ReleaseSpec = {
  ...ordersByState,
  keys: { state: ["A", "B"] },
  population: { subjects: 20_000 },
  measures: [
    { name: "spend", sum: "items", lower: 0, upper: "dp" },
    { name: "change", sum: "amount_minor", lower: "dp", upper: "dp" },
    { name: "spread", variance: "items", lower: "dp", upper: "dp" },
    { name: "levels", quantiles: [0.25, 0.75], of: "items", lower: 0, upper: "dp" }
  ],
  epsilon: 4
}
/** items within 0..57, so 2^5 <= most < 2^6; amounts within -300..20. */
const fill = Effect.gen(function* () {
  const { script } = yield* Warehouse
  yield* script(`drop table if exists core."order"`)
  yield* script(ordersTable)
  yield* script(`insert into core."order"
    select 's' || i, 'e', ['A','B'][1 + i % 2], 'web', (i % 321) - 300, 'CNY', 0.0, true, i % 58, null from range(20000) t(i)`)
})

describe("the noise on a histogram of powers of two", () => {
  plain("lets an empty bin pass with at most the stated probability, and one less would be too low", () => {
    for (const rho of [0.0005, 0.01, 0.5]) {
      const { variance, threshold } = rangeNoise(rhoUnits.limit(rho))!
      const tail = discreteGaussianTail(Number(variance.num) / Number(variance.den))
      const alarm = (t: number): number => -Math.expm1(RANGE_BINS * Math.log1p(-tail.atLeast(t)))
      assert.isAtMost(alarm(threshold), 1e-6)
      assert.isAbove(alarm(threshold - 1), 1e-6)
    }
    assert.isUndefined(rangeNoise(0n))
  })

  plain(
    "gives 3,000 empty histograms and no false alarm (one would come with probability 0.3 %, bits are seeded)",
    () => {
      const { variance, threshold } = rangeNoise(rhoUnits.limit(0.01))!
      const bits = seededBits("empty bins")
      const draw = gaussianSampler(variance)
      let alarms = 0
      for (let i = 0; i < 3000 * RANGE_BINS; i++) if (draw(bits) >= threshold) alarms++
      assert.strictEqual(alarms, 0)
    }
  )

  plain("takes the outermost inhabited bins, and the fullest if none is", () => {
    const counts = new Float64Array(RANGE_BINS)
    counts[40] = 50
    counts[46] = 30
    counts[33] = 12
    assert.deepStrictEqual(rangeOf(counts, 20), [0, 63])
    assert.deepStrictEqual(rangeOf(counts, 10), [-127, 63])
    assert.deepStrictEqual(rangeOf(counts, 100), [0, 0])
    for (let bin = 0; bin < RANGE_BINS; bin++) {
      const [least, most] = rangeBinEnds(bin)
      assert.isAtMost(least, most)
      if (bin > 0) assert.strictEqual(rangeBinEnds(bin - 1)[1] + 1, least)
    }
  })
})

layer(Layer.mergeAll(Warehouse.memory, Noise.layerOver(seededBits("range"))))("bounds that are found", (it) => {
  it.effect("sort every integer into the bin whose ends hold it, whatever its size", () =>
    Effect.gen(function* () {
      const { query } = yield* Warehouse
      const values = [0, 1, -1, 2, 3, 4, -4, -7, 1023, 1024, 2 ** 39, 2 ** 40 - 1, -(2 ** 39)]
      const rows = yield* query<{ v: number; bin: number }>(
        `select cast(v as bigint) as v, cast(${rangeBinSql("v")} as integer) as bin
         from (select unnest([${values.join(", ")}]::hugeint[]) as v)`
      )
      for (const { v, bin } of rows) {
        const [least, most] = rangeBinEnds(bin)
        assert.isTrue(least <= v && v <= most, `${v} in ${bin}`)
      }
      const [far] = yield* query<{ high: number; low: number }>(
        `select cast(${rangeBinSql("170141183460469231731687303715884105727::hugeint")} as integer) as high,
           cast(${rangeBinSql("-170141183460469231731687303715884105727::hugeint")} as integer) as low`
      )
      assert.deepStrictEqual(far, { high: RANGE_BINS - 1, low: 0 })
    })
  )

  it.effect("are within a factor of two of the truth, are charged, and set the noise and the certificate", () =>
    Effect.gen(function* () {
      yield* fill
      const asked = yield* planAggregate(spec, ordersFacts)
      const found = yield* findBounds(asked, relation)
      assert.deepStrictEqual(found, [
        { name: "spend", least: 0, most: 63 },
        { name: "change", least: -511, most: 31 },
        { name: "spread", least: 0, most: 63 },
        { name: "levels_p25", least: 0, most: 63 }
      ])
      const plan = settleBounds(asked, found)
      const waits = ({ prediction }: typeof plan) => prediction!.measures.map(({ standIn }) => standIn === true)
      assert.deepStrictEqual(waits(asked), [true, true, true, true, true])
      assert.deepStrictEqual(waits(plan), [false, false, false, false, false])
      assert.strictEqual(plan.hash, asked.hash)
      assert.strictEqual(plan.noise.chargeUnits, asked.noise.chargeUnits)
      assert.deepStrictEqual(checkNoise(plan), [])
      const bounds = plan.shape.measures.map(({ lower, upper, linf }) => [lower, upper, linf])
      assert.deepStrictEqual(bounds, [
        [0, 63, 63],
        [-511, 31, 511],
        [0, 63, 32],
        [0, 63, 1],
        [0, 63, 1]
      ])
      const spent = plan.noise.measures.reduce((sum, own) => sum + own.rhoUnits, 0n)
      assert.isTrue(spent <= plan.noise.chargeUnits)
      const [range] = plan.noise.measures.map((own) => own.range!)
      assert.closeTo(Number(range!.rhoUnits) / Number(plan.noise.measures[0]!.rhoUnits), 1 / 8, 1e-6)
      const table = yield* runAggregate(plan, relation)
      const certificate = describeRelease(
        plan,
        { releaseId: "r", product: "p", period: "2026-11", issuedAt: "2026-11-22T00:00:00.000Z", lineage: [] },
        table
      )
      const [spend, , , quarter] = certificate.measures
      assert.deepStrictEqual([spend!.lower, spend!.upper, spend!.boundsFound!.lower], [0, 63, false])
      assert.isAbove(spend!.boundsFound!.rho, 0)
      assert.strictEqual(quarter!.halfWidths95!.length, 2)
      const sums = table.columns.find(({ name }) => name === "spend")!
      for (const [row, value] of sums.values.entries())
        assert.closeTo(Number(value), row === 0 ? 280_000 : 290_000, 1000 + 3 * sums.halfWidths![row]!)
    })
  )

  it.effect("hang on no subject by more than one count, also when a subject is in many groups", () =>
    Effect.gen(function* () {
      yield* fill
      const { script } = yield* Warehouse
      yield* script(
        `insert into core."order" select 'many', 'e', ['A','B'][1 + i % 2], 'web', 100 * i, 'CNY', 0.0, true, i, null from range(500) t(i)`
      )
      const { shape } = yield* planAggregate(spec, ordersFacts)
      const whole = yield* rangeHistogram(shape, 0, relation, "salt")
      yield* script(`create or replace view core.without as select * from core."order" where subject_id <> 'many'`)
      const without = yield* rangeHistogram(shape, 0, ["core", "without"], "salt")
      assert.strictEqual(
        whole.reduce((sum, n, bin) => sum + Math.abs(n - without[bin]!), 0),
        1
      )
      assert.strictEqual(
        whole.reduce((sum, n) => sum + n, 0),
        20_001
      )
    })
  )

  it.effect("must be found before a release is drawn: without them it is a bug, not an outcome", () =>
    Effect.gen(function* () {
      yield* fill
      const exit = yield* Effect.exit(runAggregate(yield* planAggregate(spec, ordersFacts), relation))
      assert.strictEqual(exit._tag, "Failure")
    })
  )

  it.effect("leave a plan within what can be drawn, whatever is found", () =>
    Effect.gen(function* () {
      const asked = yield* planAggregate(spec, ordersFacts)
      for (const [least, most] of [
        [0, 0],
        [2 ** 39, 2 ** 40 - 1],
        [1 - 2 ** 40, 2 ** 40 - 1],
        [-8, -1]
      ] as const) {
        const found = ["spend", "change", "spread", "levels_p25"].map((name) => ({ name, least, most }))
        const plan = settleBounds(asked, found)
        assert.deepStrictEqual(checkNoise(plan), [])
        for (const { lower, upper, linf } of plan.shape.measures) {
          assert.isAtMost(lower, upper)
          assert.isAtLeast(linf, 1)
        }
      }
    })
  )
})
