import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { fitReadings } from "#privacy/synthesis/mechanism/fitReadings.ts"
import { mst } from "#privacy/synthesis/mechanism/mst.ts"
import { marginalOf } from "#privacy/synthesis/model/marginalOf.ts"
import { roundedRows } from "#privacy/synthesis/rows/roundedRows.ts"
import { chain, collect, countsOf, learn, pairError, sourceOf, unitsOf } from "../generated.ts"

const table = chain("rows", [4, 6, 5, 40], 30_000)
const sizes = table.sizes

const fitted = Effect.map(learn(mst, sourceOf(table), unitsOf(2)), ({ readings }) =>
  fitReadings(sizes, readings, [], { steps: 500, tolerance: 1e-5 })
)

describe("rows by rounding", () => {
  it.effect("have the model's marginals but for a row or two per cell", () =>
    Effect.gen(function* () {
      const { model } = yield* fitted
      const rows = collect(model.sizes, roundedRows(model), 30_000, "1")
      const answer = marginalOf(model)
      for (const [place, clique] of model.tree.cliques.entries()) {
        const [own, expected] = [countsOf({ ...rows, sizes: model.sizes }, clique), answer(clique)]
        const most = place === 0 ? 2 : 4
        own.forEach((n, j) => assert.isAtMost(Math.abs(n - (expected[j]! * 30_000) / model.total), most))
      }
    })
  )

  it.effect("are the same for the same seed, others for another, and whatever the number of blocks", () =>
    Effect.gen(function* () {
      const { model } = yield* fitted
      const source = roundedRows(model)
      assert.deepStrictEqual(collect(sizes, source, 200_000, "a").columns, collect(sizes, source, 200_000, "a").columns)
      assert.notDeepEqual(collect(sizes, source, 1000, "a").columns, collect(sizes, source, 1000, "b").columns)
      const [first, second] = [...source(262_144, "a")].map(({ length }) => length)
      assert.deepStrictEqual([first, second], [131_072, 131_072])
    })
  )

  it.effect("keep what the model knows of pairs, over many blocks too", () =>
    Effect.gen(function* () {
      const { model, joining } = yield* fitted
      assert(joining.codes.every((codes) => codes === undefined))
      const rows = collect(model.sizes, roundedRows(model), 300_000, "x")
      assert.isBelow(pairError(rows, marginalOf(model)), 0.01)
    })
  )

  it.effect("can be fewer than the values of a column", () =>
    Effect.map(fitted, ({ model }) => {
      assert.strictEqual(collect(model.sizes, roundedRows(model), 3, "x").rows, 3)
      assert.strictEqual([...roundedRows(model)(0, "x")].length, 0)
    })
  )
})
