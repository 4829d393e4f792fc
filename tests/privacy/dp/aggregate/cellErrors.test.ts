import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import type { ReleaseSpec } from "#core/release/ReleaseSpec.ts"
import { cellErrors } from "#privacy/dp/aggregate/cellErrors.ts"
import { epsilonForError } from "#privacy/dp/aggregate/epsilonForError.ts"
import { planAggregate } from "#privacy/dp/aggregate/planAggregate.ts"
import { predictError } from "#privacy/dp/aggregate/predictError.ts"
import type { PublicInfo } from "#privacy/dp/aggregate/PublicInfo.ts"
import { ordersByState, ordersFacts } from "./orders.ts"

const spec: ReleaseSpec = {
  ...ordersByState,
  measures: [
    { name: "orders", count: "rows" },
    { name: "average", mean: "items", lower: 0, upper: 20 },
    { name: "middle", quantile: 0.5, of: "items", lower: 0, upper: 20 }
  ]
}
const released = {
  release: "rel_last",
  cells: 3,
  keys: { state: ["A", "B", "C"] },
  figures: { orders: [4000, 400, -2], average: [10, 10, 10], middle: [9, 9, 9] }
}
const info: PublicInfo = { subjects: 20_000, source: "declared", released }

describe("errors predicted from the last release", () => {
  it.effect("are those of its cells: smaller cells have larger errors, and none is without", () =>
    Effect.gen(function* () {
      const { shape, noise } = yield* planAggregate(spec, ordersFacts)
      const [orders, average, middle] = cellErrors(shape, noise, 20_000, released)
      // The noise on a count is the same in every cell.
      assert.strictEqual(new Set(orders!.absolute).size, 1)
      assert.closeTo(orders!.relative[0]!, orders!.absolute[0]! / 4000, 1e-12)
      assert.strictEqual(orders!.relative[2], 1)
      for (const { absolute } of [average!, middle!])
        assert.isTrue(absolute[0]! < absolute[1]! && absolute[1]! < absolute[2]!)
      const { cells, keptKeys, measures } = predictError(shape, noise, info)
      assert.deepStrictEqual([cells, keptKeys], [3, 3])
      assert.closeTo(measures[0]!.medianRelativeError, orders!.absolute[0]! / 400, 1e-12)
    })
  )

  it.effect("shrink as epsilon grows, and the epsilon for a wanted error gives it, less does not", () =>
    Effect.gen(function* () {
      const { shape } = yield* planAggregate(spec, ordersFacts)
      const needed = epsilonForError(shape, info, 0.02)!
      const worst = (epsilon: number) =>
        Effect.map(planAggregate({ ...spec, epsilon }, ordersFacts), (plan) =>
          Math.max(...predictError(plan.shape, plan.noise, info).measures.map((own) => own.medianRelativeError))
        )
      assert.isAtMost(yield* worst(needed), 0.02)
      assert.isAbove(yield* worst(needed * 0.98), 0.02)
      assert.isAbove(yield* worst(1), yield* worst(2))
      assert.isUndefined(epsilonForError(shape, info, 1e-6))
    })
  )
})
