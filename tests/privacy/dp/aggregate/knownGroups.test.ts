import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import type { ReleaseSpec } from "#core/release/ReleaseSpec.ts"
import { planAggregate } from "#privacy/dp/aggregate/planAggregate.ts"

const spec: ReleaseSpec = {
  kind: "dp_aggregate",
  unit: "subject_id",
  by: ["a", "b"],
  keys: { a: "dp", b: "dp" },
  measures: [{ name: "n", count: "subjects" }],
  bounds: { groups_per_subject: 4 },
  epsilon: 1,
  delta: 1e-6
}
const table = {
  asset: "core.x",
  columns: ["subject_id", "a", "b"].map((name) => ({ name, type: "VARCHAR" }))
}
const census = { subjects: 3000, source: "census" } as const

describe("a population of which only the number of groups is public", () => {
  it.effect("asks for a census, then judges by both", () =>
    Effect.gen(function* () {
      const known: ReleaseSpec = { ...spec, population: { groups: { a: 3, b: 4 } } }
      assert.isUndefined((yield* planAggregate(known, table)).prediction)
      const { prediction } = yield* planAggregate(known, table, census)
      assert.deepStrictEqual([prediction?.subjects, prediction?.source], [3000, "census"])
      assert.isAtMost(prediction!.keptKeys!, 12)
      assert.isAbove(prediction!.keptKeys!, 8)
      const blind = yield* planAggregate(spec, table, census)
      assert.isAbove(blind.prediction!.measures[0]!.medianRelativeError, prediction!.measures[0]!.medianRelativeError)
    })
  )

  it.effect("gives way to a number of subjects that the owner declares", () =>
    Effect.gen(function* () {
      const declared: ReleaseSpec = { ...spec, population: { subjects: 9000, groups: { a: 3, b: 4 } } }
      const { prediction } = yield* planAggregate(declared, table, census)
      assert.deepStrictEqual([prediction?.subjects, prediction?.source], [9000, "declared"])
    })
  )
})
