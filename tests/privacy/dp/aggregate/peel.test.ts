import { assert, layer } from "@effect/vitest"
import { Effect, Layer } from "effect"
import { seededBits } from "#core/random/BitSource.ts"
import type { ReleaseSpec } from "#core/release/ReleaseSpec.ts"
import { Warehouse } from "#core/warehouse/Warehouse.ts"
import { pureEpsilon } from "#privacy/dp/accounting/pureEpsilon.ts"
import { pureRho } from "#privacy/dp/accounting/pureRho.ts"
import { rhoUnits } from "#privacy/dp/accounting/rhoUnits.ts"
import { planAggregate } from "#privacy/dp/aggregate/planAggregate.ts"
import { runAggregate } from "#privacy/dp/aggregate/runAggregate.ts"
import { describeRelease } from "#privacy/dp/certificate/describeRelease.ts"
import { Noise } from "#privacy/dp/Noise.ts"
import { silentNoise } from "../silentNoise.ts"
import { ordersByState, ordersFacts, ordersTable } from "./orders.ts"

const states = Array.from({ length: 40 }, (_, i) => `s${String(i).padStart(2, "0")}`)
const spec: ReleaseSpec = {
  ...ordersByState,
  keys: { state: states },
  measures: [{ name: "orders", count: "rows" }],
  bounds: { groups_per_subject: 10, rows_per_group: 1 },
  population: { subjects: 20_000 },
  top: { by: "orders", k: 3, peel: true }
}
/** State i has 20 (i + 1) subjects, so the largest are s39, s38 and s37. */
const fill = Effect.gen(function* () {
  const { script } = yield* Warehouse
  yield* script(`drop table if exists core."order"`)
  yield* script(ordersTable)
  yield* script(`insert into core."order"
    select 'c' || g || '-' || i, 'e', 's' || lpad(cast(g as varchar), 2, '0'), 'web', 0, 'CNY', 0.0, true, 1, null
    from range(40) t(g), range(800) u(i) where i < 20 * (g + 1)`)
})
const keysOf = (table: { columns: ReadonlyArray<{ values: ReadonlyArray<unknown> }> }) => table.columns[0]!.values

layer(Layer.mergeAll(Warehouse.memory, silentNoise))("a peeled top without noise", (it) => {
  it.effect("is the k largest cells in the order of the keys, with their own figures and no others", () =>
    Effect.gen(function* () {
      yield* fill
      const table = yield* runAggregate(yield* planAggregate(spec, ordersFacts), ["core", "order"])
      assert.deepStrictEqual(keysOf(table), ["s37", "s38", "s39"])
      assert.deepStrictEqual(table.columns[1]!.values.map(Number), [760, 780, 800])
    })
  )
})

layer(Layer.mergeAll(Warehouse.memory, Noise.layerOver(seededBits("peel"))))("a peeled top", (it) => {
  it.effect("finds cells near the top, and measures them with the noise of k groups, not of L0", () =>
    Effect.gen(function* () {
      yield* fill
      const plan = yield* planAggregate(spec, ordersFacts)
      const table = yield* runAggregate(plan, ["core", "order"])
      assert.strictEqual(table.rows, 3)
      // Epsilon of one choice is about 0.12: a miss of 300 has odds e^-18.
      assert.isTrue(keysOf(table).every((key) => String(key) >= "s24"))
      const { top: _, ...all } = spec
      const whole = yield* planAggregate(all, ordersFacts)
      const variance = ({ noise }: typeof plan): number => {
        const { num, den } = noise.measures[0]!.variance
        return Number(num) / Number(den)
      }
      // Half of the loss on a third of the groups: 3 * 2 / 10 of the variance.
      assert.closeTo(variance(plan) / variance(whole), 0.6, 1e-6)
      const certificate = describeRelease(plan, {
        releaseId: "rel_x",
        product: "p",
        period: "2026-11",
        issuedAt: "2026-11-22T00:00:00.000Z",
        lineage: []
      })
      assert.strictEqual(certificate.peel!.k, 3)
      assert.isAtMost(3 * pureRho(certificate.peel!.epsilonPerChoice), certificate.peel!.rho)
      assert.strictEqual(certificate.measures[0]!.sensitivitySquared, "3")
    })
  )

  it.effect("is refused over selected keys, by a mean, with levels, and when it would choose all", () =>
    Effect.gen(function* () {
      const refused: ReadonlyArray<ReleaseSpec> = [
        { ...spec, keys: { state: "dp" } },
        { ...spec, measures: [{ name: "orders", mean: "items", lower: 0, upper: 5 }] },
        { ...spec, levels: [[]] },
        { ...spec, top: { by: "orders", k: 40, peel: true } }
      ]
      for (const one of refused) {
        const error = yield* Effect.flip(planAggregate(one, ordersFacts))
        assert.deepStrictEqual([error._tag, error.code, error.where?.field], ["Refused", "release.top", "release.top"])
      }
    })
  )

  it.effect("never costs more than its share, however the share is rounded", () =>
    Effect.sync(() => {
      for (const units of [1n, 1000n, 10n ** 6n, 10n ** 9n, 10n ** 11n]) {
        for (const choices of [1, 3, 100]) {
          const epsilon = pureEpsilon(choices, units)
          if (epsilon === undefined) continue
          const eps = Number(epsilon.num) / Number(epsilon.den)
          assert.isTrue(BigInt(choices) * rhoUnits.charge(pureRho(eps)) <= units)
          assert.isTrue(BigInt(choices) * rhoUnits.charge(pureRho(eps + 2 ** -20)) > units)
        }
      }
      assert.isUndefined(pureEpsilon(1, 0n))
    })
  )
})
