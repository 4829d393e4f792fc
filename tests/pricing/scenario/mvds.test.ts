import { describe, expect, it } from "@effect/vitest"
import { Effect } from "effect"
import { boundDepth } from "#pricing/depth/boundDepth.ts"
import { publicNumber } from "#pricing/evidence/publicNumber.ts"
import { mvds } from "#pricing/scenario/mvds.ts"
import type { ColumnGroup } from "#pricing/scenario/mvds.ts"
import { readScenario } from "#pricing/scenario/readScenario.ts"

const when = "2026-11-22T00:00:00.000Z"
const groups: ReadonlyArray<ColumnGroup> = ["region", "month", "orders", "spend", "weather"].map((name) => ({
  name,
  columns: [{ name }]
}))
const cost: Readonly<Record<string, number>> = { region: 3, month: 4, orders: 2, spend: 6, weather: 1 }
const asked: Array<ReadonlyArray<string>> = []
const bitsOf = (columns: ReadonlyArray<string>) =>
  Effect.sync(() => {
    asked.push(columns)
    const bits = columns.reduce((sum, name) => sum + cost[name]!, 0)
    return { low: bits, high: bits }
  })
const offered = { purposes: ["p"], strata: {}, quality: {} }
const find = (scenario: object) =>
  mvds(readScenario({ scenario: "s", purpose: "p", ...scenario }), groups, offered, bitsOf, when)

describe("mvds", () => {
  it.effect("takes the mandatory groups, then what gains most fit per bit, and leaves the rest as upgrades", () =>
    Effect.gen(function* () {
      const found = yield* find({ required: ["region", "orders"], optional: ["month", "spend"], threshold: 85 })
      expect(found.reached).toBe(true)
      expect(found.steps.map(({ group }) => group)).toEqual(["orders", "region", "month"])
      expect(found.bits.high).toBe(9)
      expect(found.steps.at(-1)).toMatchObject({ addsBits: 4, fit: found.fit.fit.value })
      expect(found.further.map(({ group, addsBits }) => [group, addsBits])).toEqual([
        ["spend", 6],
        ["weather", 1]
      ])
    })
  )

  it.effect("drops what turned out not to be needed", () =>
    Effect.gen(function* () {
      // Orders are taken first, since they are cheap; spend alone is enough.
      const found = yield* find({ required: [{ field: "spend", weight: 10 }], optional: ["orders"], threshold: 95 })
      expect(found.steps.map(({ group }) => group)).toEqual(["spend"])
    })
  )

  it.effect("says so when the threshold cannot be reached", () =>
    Effect.gen(function* () {
      const found = yield* find({ required: ["shoe_size"] })
      expect(found).toMatchObject({ reached: false, fit: { missing: ["shoe_size"] } })
      const forbidden = yield* find({ required: ["region"], purposes: ["p", "q"] })
      expect(forbidden).toMatchObject({ reached: false, fit: { forbidden: ["q"] } })
    })
  )

  it.effect("asks for the depth of each set once", () =>
    Effect.gen(function* () {
      asked.length = 0
      yield* find({ required: ["region", "orders"], optional: ["month", "spend", "weather"], threshold: 100 })
      expect(new Set(asked.map((set) => set.join())).size).toBe(asked.length)
    })
  )
})

describe("boundDepth", () => {
  const known = (value: number) => publicNumber(value, "", "test", when)

  it("lies between the most telling paid marginal and the sum of the domains and figures", () => {
    const keys = [
      { name: "region", domain: known(8) },
      { name: "month", domain: known(16), marginalBits: known(3.5) }
    ]
    expect(boundDepth(keys, [])).toEqual({ low: 3.5, high: 6.5 })
    const measure = { name: "orders", range: known(2 * Math.sqrt(15)), noiseVariance: known(1) }
    expect(boundDepth(keys, [measure]).high).toBeCloseTo(8.5, 12)
    expect(boundDepth([{ name: "code", domain: null }], [])).toEqual({ low: 0, high: 16 })
    expect(boundDepth([], [])).toEqual({ low: 0, high: 0 })
  })
})
