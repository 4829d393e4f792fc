import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { parse } from "yaml"
import { decodeRelease } from "#core/release/decodeRelease.ts"

const text = `
kind: dp_aggregate
unit: subject_id
by: [state, { month: "date_trunc('month', ordered_at)" }]
keys: { state: dp, month: { from: 2026-01, to: 2026-12, step: month } }
measures:
  - { name: orders, count: rows }
  - { name: spend_minor, sum: amount_minor, lower: 0, upper: 50000 }
bounds: { groups_per_subject: 1, rows_per_group: 1 }
epsilon: 1
delta: 1.0e-6
`

describe("decodeRelease", () => {
  it.effect("reads the release part of a product file", () =>
    Effect.gen(function* () {
      const release = yield* decodeRelease(parse(text))
      assert.deepStrictEqual(release.by[1], { month: "date_trunc('month', ordered_at)" })
      assert.strictEqual(release.delta, 1e-6)
    })
  )

  it.effect.each([
    ["an unknown field", { epsilonn: 1 }, "release.epsilonn"],
    ["a wrong number", { epsilon: -1 }, "release.epsilon"],
    ["no measures", { measures: [] }, "release.measures"],
    ["an unknown kind", { kind: "magic" }, "release.kind"]
  ] as const)("names the field and its line: %s", ([, change, field]) =>
    Effect.gen(function* () {
      const error = yield* Effect.flip(
        decodeRelease({ ...parse(text), ...change }, { file: "p.yaml", lineOf: (path) => path.length })
      )
      assert.strictEqual(error._tag, "BadInput")
      assert.deepStrictEqual(error.where, { file: "p.yaml", line: 1, field })
    })
  )

  it.effect("says that synthetic and consented releases are not made yet", () =>
    Effect.gen(function* () {
      const error = yield* Effect.flip(decodeRelease({ kind: "synthetic", algorithm: "aim" }))
      assert.strictEqual(error.code, "release.kind")
      assert.strictEqual(error._tag, "Refused")
    })
  )
})
