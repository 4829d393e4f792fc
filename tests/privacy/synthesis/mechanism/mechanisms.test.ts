import { assert, describe, it } from "@effect/vitest"
import { Effect, Exit } from "effect"
import { gaussianRho } from "#privacy/dp/accounting/gaussianRho.ts"
import { rhoUnits } from "#privacy/dp/accounting/rhoUnits.ts"
import { Noise } from "#privacy/dp/Noise.ts"
import { aim } from "#privacy/synthesis/mechanism/aim.ts"
import { aimOnce } from "#privacy/synthesis/mechanism/aimOnce.ts"
import { aimTop } from "#privacy/synthesis/mechanism/aimTop.ts"
import { fitReadings } from "#privacy/synthesis/mechanism/fitReadings.ts"
import { independent } from "#privacy/synthesis/mechanism/independent.ts"
import { measure } from "#privacy/synthesis/mechanism/measure.ts"
import { mst } from "#privacy/synthesis/mechanism/mst.ts"
import { Purse } from "#privacy/synthesis/mechanism/Purse.ts"
import { roundedRows } from "#privacy/synthesis/rows/roundedRows.ts"
import { splitJoined } from "#privacy/synthesis/rows/splitJoined.ts"
import { chain, collect, countsOf, learn, pairError, sourceOf, unitsOf } from "../generated.ts"

const table = chain("mechanisms", [4, 6, 5, 8, 3, 7], 20_000)
const mechanisms = { independent, mst, aim, "AIM of the top 16": aimTop, "AIM in one shot": aimOnce }
const settings = { steps: 500, tolerance: 1e-5 }

const errorOf = (mechanism: typeof aim, eps: number) =>
  Effect.map(learn(mechanism, sourceOf(table), unitsOf(eps)), ({ readings }) => {
    const { model, joining } = fitReadings(table.sizes, readings, [], settings)
    const made = collect(table.sizes, splitJoined(roundedRows(model), joining, readings), table.rows)
    return pairError(table, (clique) => countsOf(made, clique))
  })

describe("the marginal mechanisms", () => {
  for (const [name, mechanism] of Object.entries(mechanisms)) {
    it.effect(`${name} uses every unit that was charged, and readings cost what their noise says`, () =>
      Effect.gen(function* () {
        for (const [cap, eps] of [
          [1, 1],
          [3, 0.1],
          [2, 8]
        ] as const) {
          const units = unitsOf(eps)
          const { readings, purse } = yield* learn(mechanism, sourceOf(table, cap), units)
          assert.strictEqual(purse.left, 0n)
          let sum = 0n
          for (const reading of readings) {
            assert.strictEqual(reading.rhoUnits, rhoUnits.chargeExact(gaussianRho(BigInt(cap) ** 2n, reading.variance)))
            sum += reading.rhoUnits
          }
          assert(sum <= units)
          if (mechanism === independent) assert.strictEqual(sum, units)
        }
      })
    )
  }

  it.effect("pay before the table is read, and read nothing where the purse is empty", () =>
    Effect.gen(function* () {
      const purse = Purse(1000n)
      const seen: Array<bigint> = []
      const source = {
        ...sourceOf(table),
        counts: () => Effect.sync(() => (seen.push(purse.left), new Float64Array(4)))
      }
      yield* measure(source, purse, [0], 400n)
      assert.strictEqual(yield* Effect.exit(measure(source, purse, [0], 700n)).pipe(Effect.map(Exit.isFailure)), true)
      assert.deepStrictEqual(seen, [purse.left])
      assert(purse.left >= 600n && purse.left < 602n)
    }).pipe(Effect.provide(Noise.layer))
  )

  it.effect("come nearer to the truth as epsilon grows", () =>
    Effect.gen(function* () {
      for (const mechanism of [mst, aim, aimTop, aimOnce]) {
        const errors = [yield* errorOf(mechanism, 0.1), yield* errorOf(mechanism, 1), yield* errorOf(mechanism, 10)]
        assert.isBelow(errors[1]!, 0.7 * errors[0]!)
        assert.isBelow(errors[2]!, 0.7 * errors[1]!)
      }
    })
  )

  it.effect("AIM, its cheaper forms and MST halve the pair error of the independent baseline at epsilon 1", () =>
    Effect.gen(function* () {
      const baseline = yield* errorOf(independent, 1)
      assert.isBelow(2 * (yield* errorOf(aim, 1)), baseline)
      for (const cheaper of [mst, aimTop, aimOnce]) assert.isBelow(2 * (yield* errorOf(cheaper, 1)), baseline)
    })
  )

  it.effect("draw noise that grows with the rows that one subject may have", () =>
    Effect.gen(function* () {
      const [one, five] = [
        yield* learn(independent, sourceOf(table, 1), unitsOf(1)),
        yield* learn(independent, sourceOf(table, 5), unitsOf(1))
      ]
      const variance = (r: (typeof one.readings)[number]) => Number(r.variance.num) / Number(r.variance.den)
      assert.closeTo(variance(five.readings[0]!) / variance(one.readings[0]!), 25, 0.001)
    })
  )

  it.effect("buy no column again that an earlier product paid", () =>
    Effect.gen(function* () {
      const earlier = yield* learn(independent, sourceOf(table), unitsOf(1))
      for (const mechanism of [mst, aim, aimTop, aimOnce]) {
        const { readings } = yield* learn(mechanism, sourceOf(table), unitsOf(1), { paid: earlier.readings })
        assert.deepStrictEqual(readings.slice(0, 6), [...earlier.readings])
        const bought = readings.slice(6)
        if (mechanism === mst) assert(bought.every(({ clique }) => clique.length === 2))
        assert.isAbove(bought.length, 0)
      }
    })
  )

  it.effect("handle a single column, columns of one value and an empty table", () =>
    Effect.gen(function* () {
      for (const sizes of [[5], [1, 1], [1, 4, 1]]) {
        for (const rows of [0, 50]) {
          const odd = chain("odd", sizes, rows)
          for (const mechanism of Object.values(mechanisms)) {
            const { readings, purse } = yield* learn(mechanism, sourceOf(odd), unitsOf(1))
            assert.strictEqual(purse.left, 0n)
            const { model, fit } = fitReadings(sizes, readings, [], settings)
            assert.isTrue(fit.possible)
            assert(model.beliefs.every((belief) => belief.every((cell) => Number.isFinite(cell) && cell >= 0)))
          }
        }
      }
    })
  )
})
