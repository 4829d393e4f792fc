import { describe, expect, it } from "@effect/vitest"
import { meanOf } from "#privacy/dp/moments/meanOf.ts"
import { varianceOf } from "#privacy/dp/moments/varianceOf.ts"

const values = [3, 9, 4, 0, 10, 7]
const [center, radius] = [5, 5]
const exact = {
  count: values.length,
  sum: values.reduce((sum, x) => sum + (x - center), 0),
  square: values.reduce((sum, x) => sum + (x - center) ** 2 - radius ** 2, 0),
  center,
  radius
}

describe("mean and variance from totals", () => {
  it("are those of the values when there is no noise", () => {
    const mean = values.reduce((a, b) => a + b) / values.length
    expect(meanOf(exact, { count: 0, sum: 0 })).toEqual({ value: mean, half: 0 })
    const variance = values.reduce((sum, x) => sum + (x - mean) ** 2, 0) / values.length
    const found = varianceOf(exact, { count: 0, sum: 0, square: 0 })
    expect(found.value).toBeCloseTo(variance, 12)
    expect(found.half).toBeCloseTo(0, 12)
  })

  it("stay within their range whatever the noise, with zero and negative counts too", () => {
    for (const count of [-50, 0, 0.5, 3]) {
      for (const sum of [-1e9, 0, 1e9]) {
        const { value, half } = meanOf({ ...exact, count, sum }, { count: 9, sum: 100 })
        expect(value).toBeGreaterThanOrEqual(0)
        expect(value).toBeLessThanOrEqual(10)
        expect(half).toBeLessThanOrEqual(10)
        const variance = varianceOf({ ...exact, count, sum, square: sum }, { count: 9, sum: 100, square: 50 })
        expect(variance.value).toBeGreaterThanOrEqual(0)
        expect(variance.value).toBeLessThanOrEqual(25)
        expect(variance.half).toBeLessThanOrEqual(25)
      }
    }
  })

  it("cost for sum and squares together what the sum costs alone, whatever value a subject has", () => {
    // vS = 1, vQ = r^2: twice the loss of one subject in one group, by its distance from the center.
    for (let x = -radius; x <= radius; x++) {
      const joint = x ** 2 + (x ** 2 - radius ** 2) ** 2 / radius ** 2
      expect(joint).toBeLessThanOrEqual(radius ** 2)
    }
  })
})
