import { describe, expect, it } from "@effect/vitest"
import { forecastRevenue } from "#pricing/dynamics/forecastRevenue.ts"

const pathOf = (days: number, fen: (day: number) => number) =>
  Array.from({ length: days + 1 }, (_, n) => ({ day: `day ${n}`, fen: fen(n), demand: 1 }))

describe("forecastRevenue", () => {
  it("says nothing before four weeks or three orders", () => {
    const path = pathOf(90, () => 1000)
    expect(forecastRevenue({ orders: 50, revenue: 50_000, days: 27, path })).toBeUndefined()
    expect(forecastRevenue({ orders: 2, revenue: 2000, days: 400, path })).toBeUndefined()
    expect(forecastRevenue({ orders: 3, revenue: 3000, days: 28, path })).toBeDefined()
  })

  it("goes on at the rate so far, at the price that is forecast, with more doubt the fewer the orders", () => {
    const steady = forecastRevenue({ orders: 90, revenue: 90_000, days: 90, path: pathOf(90, () => 1000) })!
    expect(steady.orders.expected).toBeCloseTo(90.5, 6)
    expect(steady.revenue.expected).toBe(90_500)
    expect(steady.orders.low).toBeLessThan(90)
    expect(steady.orders.high).toBeGreaterThan(91)
    const falling = forecastRevenue({
      orders: 90,
      revenue: 90_000,
      days: 90,
      path: pathOf(90, (n) => (n === 0 ? 1000 : 500))
    })!
    expect(falling.revenue.expected).toBe(45_250)
    const few = forecastRevenue({ orders: 3, revenue: 3000, days: 90, path: pathOf(90, () => 1000) })!
    const width = ({ orders }: typeof few): number => (orders.high - orders.low) / orders.expected
    expect(width(few)).toBeGreaterThan(2 * width(steady))
    expect(forecastRevenue({ orders: 90, revenue: 0, days: 90, path: pathOf(90, () => 0) })!.revenue.expected).toBe(0)
  })

  it("names an interval that holds its share, by integrating over every rate that the orders allow", () => {
    for (const [orders, days, ahead] of [
      [3, 28, 90],
      [40, 60, 90],
      [400, 365, 30]
    ] as const) {
      const { low, high } = forecastRevenue({ orders, revenue: 1, days, path: pathOf(ahead, () => 1) })!.orders
      const shape = orders + 0.5
      const center = shape / days
      const step = center / 400
      let [inside, below, whole] = [0, 0, 0]
      for (let rate = step / 2; rate < center * 6; rate += step) {
        // The Gamma density up to a factor, in units that do not underflow.
        const weight = Math.exp((shape - 1) * Math.log(rate / center) - days * (rate - center))
        let logTerm = -rate * ahead
        for (let count = 0; count <= high; count++) {
          if (count >= low) inside += weight * Math.exp(logTerm)
          else below += weight * Math.exp(logTerm)
          logTerm += Math.log((rate * ahead) / (count + 1))
        }
        whole += weight
      }
      expect(inside / whole).toBeGreaterThanOrEqual(0.8)
      // Of the lower tail no more than a tenth is left out, and whole counts make it less.
      expect(below / whole).toBeLessThan(0.1)
      expect(inside / whole).toBeLessThan(0.93)
    }
  })
})
