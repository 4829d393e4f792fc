import { assert, describe, it } from "@effect/vitest"
import { distanceSteps } from "#privacy/synthesis/mechanism/distanceSteps.ts"
import { scoreStep } from "#privacy/synthesis/mechanism/scoreStep.ts"

describe("scores", () => {
  it("are finer than a millionth of a row, and stay exact integers however large they may become", () => {
    assert.strictEqual(scoreStep(1000), 2 ** 20)
    for (const most of [1, 1e6, 1e10, 1e15]) assert.isAtMost(most * scoreStep(most), 2 ** 51)
    assert.strictEqual(scoreStep(1e300), 1)
  })

  it("move by exactly one row's steps when one row goes, whatever the model says", () => {
    for (const step of [1, 2 ** 10, 2 ** 20]) {
      const model = Float64Array.of(3.3, 0.0000001, 17.9999, 5)
      const counts = Float64Array.of(4, 0, 17, 5)
      const whole = distanceSteps(counts, model, step)
      assert(Number.isSafeInteger(whole))
      counts.forEach((n, j) => {
        if (n === 0) return
        const without = counts.with(j, n - 1)
        assert.isAtMost(Math.abs(distanceSteps(without, model, step) - whole), step)
      })
    }
  })
})
