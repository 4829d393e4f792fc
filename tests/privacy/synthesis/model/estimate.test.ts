import { assert, describe, it } from "@effect/vitest"
import { seededBits } from "#core/random/BitSource.ts"
import { uniformInt } from "#core/random/uniformInt.ts"
import { cellsOf } from "#privacy/synthesis/model/cellsOf.ts"
import type { Clique } from "#privacy/synthesis/model/Clique.ts"
import { estimate } from "#privacy/synthesis/model/estimate.ts"
import { estimateTotal } from "#privacy/synthesis/model/estimateTotal.ts"
import { interiorGradient } from "#privacy/synthesis/model/interiorGradient.ts"
import { marginalOf } from "#privacy/synthesis/model/marginalOf.ts"
import { mergeMeasurements } from "#privacy/synthesis/model/mergeMeasurements.ts"
import { mirrorDescent } from "#privacy/synthesis/model/mirrorDescent.ts"
import { cellsOfDomain, enumerated, placeOf } from "./enumerate.ts"

const bits = seededBits("estimate")
const sizes = [3, 4, 2, 5]
const cliques: ReadonlyArray<Clique> = [[0, 1], [1, 2], [2, 3], [0, 3], [1]]

/** The exact marginals of a random table of 5,000 rows. */
function tables(): ReadonlyArray<Float64Array> {
  const favourite = cellsOfDomain(sizes).map(() => uniformInt(bits, 100) ** 3)
  const mass = favourite.reduce((a, b) => a + b, 0)
  return cliques.map((clique) => {
    const table = new Float64Array(cellsOf(sizes, clique))
    cellsOfDomain(sizes).forEach((cell, i) => (table[placeOf(sizes, clique, cell)]! += (5000 * favourite[i]!) / mass))
    return table
  })
}

const readings = (exact: ReadonlyArray<Float64Array>, precision: number, jitter = 0) =>
  exact.map((values, k) => ({
    clique: cliques[k]!,
    values: values.map((value) => value + jitter * (uniformInt(bits, 2001) / 1000 - 1)),
    precision: new Float64Array(values.length).fill(precision)
  }))

const long = { steps: 6000, tolerance: 0 }

describe("the estimate", () => {
  it("meets marginals that agree with each other, and its own are those of brute force", () => {
    const exact = tables()
    const { model, potentials, fit } = estimate(sizes, readings(exact, 1), [], 5000, {
      optimise: mirrorDescent,
      ...long
    })
    assert.isBelow(fit.loss, 1e-6)
    const answer = marginalOf(model)
    cliques.forEach((clique, k) =>
      answer(clique).forEach((value, j) => assert.closeTo(value, exact[k]![j]!, 1e-2, `${clique.join()} ${j}`))
    )
    for (const asked of [[0], [0, 2], [1, 3], [0, 1, 2, 3]]) {
      const brute = enumerated(sizes, potentials, asked, 5000)
      answer(asked).forEach((value, j) => assert.closeTo(value, brute[j]!, 1e-6))
    }
  })

  it("is the same optimum by mirror descent and by interior gradient when readings contradict each other", () => {
    const own = readings(tables(), 0.01, 40)
    const total = estimateTotal(own)
    const down = estimate(sizes, own, [], total, { optimise: mirrorDescent, ...long })
    const inner = estimate(sizes, own, [], total, { optimise: interiorGradient, ...long })
    assert.isAbove(down.fit.loss, 1)
    assert.closeTo(inner.fit.loss / down.fit.loss, 1, 0.01)
    const [a, b] = [marginalOf(down.model), marginalOf(inner.model)]
    for (const clique of cliques) {
      const [x, y] = [a(clique), b(clique)]
      x.forEach((value, j) => assert.closeTo(value, y[j]!, 15))
    }
  })

  it("goes on from the potentials of an earlier fit", () => {
    const own = readings(tables(), 1)
    const first = estimate(sizes, own, [], 5000, { optimise: mirrorDescent, ...long })
    const next = estimate(sizes, own, [], 5000, {
      optimise: mirrorDescent,
      steps: 1,
      tolerance: 0,
      warm: first.potentials
    })
    assert.isAtMost(next.fit.loss, first.fit.loss + 1e-9)
  })

  it("gives forbidden cells nothing, whatever was measured there", () => {
    const logs = new Float64Array(12)
    logs[0] = Number.NEGATIVE_INFINITY
    logs[7] = Number.NEGATIVE_INFINITY
    const rule = { clique: [0, 1], logs }
    const { model, fit } = estimate(sizes, readings(tables(), 1), [rule], 5000, { optimise: mirrorDescent, ...long })
    assert.isTrue(fit.possible)
    const own = marginalOf(model)([0, 1])
    assert.strictEqual(own[0], 0)
    assert.strictEqual(own[7], 0)
    assert.closeTo(
      own.reduce((a, b) => a + b, 0),
      5000,
      1e-6
    )
    assert(own.every(Number.isFinite))
  })

  it("says so when rules leave no row at all", () => {
    const never = { clique: [2], logs: new Float64Array(2).fill(Number.NEGATIVE_INFINITY) }
    for (const optimise of [mirrorDescent, interiorGradient]) {
      assert.isFalse(estimate(sizes, readings(tables(), 1), [never], 5000, { optimise, ...long }).fit.possible)
    }
  })

  it("weighs readings of one clique, and totals, by their precision", () => {
    const reading = (value: number, precision: number) => ({
      clique: [0],
      values: new Float64Array(3).fill(value),
      precision: new Float64Array(3).fill(precision)
    })
    const [merged] = mergeMeasurements([reading(10, 3), reading(20, 1)])
    assert.deepStrictEqual([...merged!.values], [12.5, 12.5, 12.5])
    assert.deepStrictEqual([...merged!.precision], [4, 4, 4])
    assert.closeTo(estimateTotal([reading(10, 3), reading(20, 1)]), 37.5, 1e-9)
    assert.strictEqual(estimateTotal([reading(-10, 1)]), 1)
  })
})
