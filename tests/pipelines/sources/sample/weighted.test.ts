import { assert, describe, it } from "@effect/vitest"
import { seededBits } from "#core/random/BitSource.ts"
import { drawsFrom } from "#pipelines/sources/sample/Draws.ts"
import { weighted } from "#pipelines/sources/sample/weighted.ts"

describe("weighted", () => {
  it("draws in proportion to the weights, never one of weight zero", () => {
    const weights = [5, 0, 1, 3, 0.5, 0.5]
    const draw = weighted(weights)
    const draws = drawsFrom(seededBits(1))
    const n = 100_000
    const found = weights.map(() => 0)
    for (let i = 0; i < n; i++) found[draw(draws)]!++
    assert.strictEqual(found[1], 0)
    // Chi-square with 4 degrees of freedom; the seed is fixed, a fresh one would exceed 23.5 once in 10,000 times.
    let chi = 0
    for (const [i, w] of weights.entries()) if (w > 0) chi += (found[i]! - (n * w) / 10) ** 2 / ((n * w) / 10)
    assert.isBelow(chi, 23.5)
  })

  it("throws without a positive weight", () => {
    assert.throws(() => weighted([]), RangeError)
    assert.throws(() => weighted([0, 0]), RangeError)
    assert.throws(() => weighted([Number.NaN]), RangeError)
  })
})
