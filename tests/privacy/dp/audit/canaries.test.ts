import { assert, layer, vi } from "@effect/vitest"
import { Effect, Layer } from "effect"
import { seededBits } from "#core/random/BitSource.ts"
import { Warehouse } from "#core/warehouse/Warehouse.ts"
import type { AggregatePlan } from "#privacy/dp/aggregate/AggregatePlan.ts"
import { planAggregate } from "#privacy/dp/aggregate/planAggregate.ts"
import { auditCanaries } from "#privacy/dp/audit/auditCanaries.ts"
import { Noise } from "#privacy/dp/Noise.ts"
import { Rational } from "#privacy/dp/sampler/Rational.ts"
import { ordersByState, ordersFacts } from "../aggregate/orders.ts"

const nightly = process.env["ASSAY_NIGHTLY"] === "1"
vi.setConfig({ testTimeout: 600_000 })
const runs = nightly ? 20 : 2

/** Noise with a smaller standard deviation than was charged. */
const quieter =
  (times: bigint) =>
  (plan: AggregatePlan): AggregatePlan => ({
    ...plan,
    noise: {
      ...plan.noise,
      measures: plan.noise.measures.map((own) => ({
        ...own,
        variance: Rational(own.variance.num, own.variance.den * times ** 2n)
      }))
    }
  })

/** All rows of a subject count, and not only as many as are declared. */
const unclamped = (plan: AggregatePlan): AggregatePlan => ({
  ...plan,
  shape: { ...plan.shape, measures: plan.shape.measures.map((own) => ({ ...own, upper: 1000 })) }
})

const shapeAt = (epsilon: number) =>
  Effect.map(planAggregate({ ...ordersByState, epsilon, delta: 1e-7 }, ordersFacts), ({ shape }) => shape)

/*
 * T10. Gaussian noise charged as rho is far from the worst that (eps, delta) allows, so a right release refutes much less than
 * is declared: by one audit wrongly with less than 1e-6. The controls show that the audit is not blind.
 */
layer(Layer.mergeAll(Warehouse.memory, Noise.layerOver(seededBits("canaries"))))(
  `a thousand planted canaries in ${runs} of 20 runs (T10)`,
  (it) => {
    it.effect.each([1, 4, 8])("refute no more than the declared epsilon %s, and something at a large one", (epsilon) =>
      Effect.gen(function* () {
        const shape = yield* shapeAt(epsilon)
        let most = 0
        for (let run = 0; run < runs; run++) {
          const { planted, guessed, lowerBound, declared } = yield* auditCanaries(shape, seededBits(`right ${run}`))
          assert.deepStrictEqual([planted, guessed, declared], [1000, 250, epsilon])
          assert.isAtMost(lowerBound, declared)
          most = Math.max(most, lowerBound)
        }
        if (epsilon >= 4) assert.isAbove(most, 0.1 * epsilon)
      })
    )

    it.effect.each([
      ["noise an eighth as large", 1, quieter(8n)],
      ["noise a sixth as large", 1, quieter(6n)],
      ["noise left out", 4, quieter(1000n)],
      ["rows that are not bounded", 2, unclamped]
    ] as const)("refute a release that is broken, as a control: %s", ([, epsilon, fault]) =>
      Effect.gen(function* () {
        const shape = yield* shapeAt(epsilon)
        for (let run = 0; run < runs; run++) {
          const { lowerBound, declared } = yield* auditCanaries(shape, seededBits(`broken ${run}`), fault)
          assert.isAbove(lowerBound, declared)
        }
      })
    )
  }
)
