import { assert, layer } from "@effect/vitest"
import { Effect, Layer } from "effect"
import { seededBits } from "#core/random/BitSource.ts"
import type { ReleaseSpec } from "#core/release/ReleaseSpec.ts"
import { Warehouse } from "#core/warehouse/Warehouse.ts"
import { planAggregate } from "#privacy/dp/aggregate/planAggregate.ts"
import { runAggregate } from "#privacy/dp/aggregate/runAggregate.ts"
import { Noise } from "#privacy/dp/Noise.ts"
import { silentNoise } from "../silentNoise.ts"
import { ordersByState, ordersFacts, ordersTable } from "./orders.ts"

const relation = ["core", "order"]
const fill = Effect.gen(function* () {
  const { script } = yield* Warehouse
  yield* script(`drop table if exists core."order"`)
  yield* script(ordersTable)
  yield* script(`insert into core."order"
    select 's' || i, 'e' || i, ['A','B'][1 + i % 2], ['web','shop','fax'][1 + i % 3], i % 101, 'CNY',
      case when i % 10 = 0 then 'nan'::double else 0.5 * (i % 9) end, true, 1, timestamp '2026-01-15'
    from range(20200) t(i)`)
})
const column = (table: { columns: ReadonlyArray<{ name: string; values: ReadonlyArray<unknown> }> }, name: string) =>
  table.columns.find((one) => one.name === name)!.values.map(Number)

const spec: ReleaseSpec = {
  ...ordersByState,
  keys: { state: ["A", "B"] },
  population: { subjects: 20_000 },
  measures: [
    { name: "average", mean: "amount_minor", lower: 0, upper: 100 },
    { name: "spread", variance: "amount_minor", lower: 0, upper: 100 },
    { name: "middle", quantile: 0.5, of: "amount_minor", lower: 0, upper: 100 },
    { name: "mass", mean: "weight", lower: 0, upper: 4, step: 0.5 }
  ]
}
const truth = Effect.gen(function* () {
  const { query } = yield* Warehouse
  return yield* query<{ a: number; v: number; m: number; w: number }>(
    `select avg(amount_minor) a, var_pop(amount_minor) v, median(amount_minor) m,
       avg(weight) filter (where isfinite(weight)) w from core."order" group by state order by state`
  )
})

layer(Layer.mergeAll(Warehouse.memory, silentNoise))("means, variances and quantiles without noise", (it) => {
  it.effect("are those of the subjects' values; NULL and NaN are no values", () =>
    Effect.gen(function* () {
      yield* fill
      const table = yield* runAggregate(yield* planAggregate(spec, ordersFacts), relation)
      for (const [row, exact] of (yield* truth).entries()) {
        assert.closeTo(column(table, "average")[row]!, exact.a, 1e-9)
        assert.closeTo(column(table, "spread")[row]!, exact.v, 1e-6)
        assert.closeTo(column(table, "middle")[row]!, exact.m, 1)
        assert.closeTo(column(table, "mass")[row]!, exact.w, 1e-9)
      }
    })
  )

  it.effect("are there for empty groups too", () =>
    Effect.gen(function* () {
      yield* fill
      const table = yield* runAggregate(
        yield* planAggregate({ ...spec, keys: { state: ["A", "Z"] } }, ordersFacts),
        relation
      )
      assert.strictEqual(table.rows, 2)
      assert.isTrue(table.columns.slice(1).every(({ values }) => values.every((value) => Number.isFinite(value))))
    })
  )

  it.effect("keep only the rows with the largest figures when a top is asked for", () =>
    Effect.gen(function* () {
      yield* fill
      const table = yield* runAggregate(
        yield* planAggregate(
          {
            ...ordersByState,
            by: [{ amount: "bucket(amount_minor, 10)" }],
            keys: { amount: { from: 0, to: 100, step: 10 } },
            measures: [{ name: "orders", count: "rows" }],
            population: { subjects: 20_000 },
            top: { by: "orders", k: 3 }
          },
          ordersFacts
        ),
        relation
      )
      assert.strictEqual(table.rows, 3)
      assert.deepStrictEqual(column(table, "amount"), [0, 10, 20])
    })
  )
})

layer(Layer.mergeAll(Warehouse.memory, Noise.layerOver(seededBits("statistics"))))("with noise", (it) => {
  it.effect("lie within their stated intervals of the truth (seeded; 95 % over seeds)", () =>
    Effect.gen(function* () {
      yield* fill
      const table = yield* runAggregate(yield* planAggregate(spec, ordersFacts), relation)
      const exact = yield* truth
      const average = table.columns.find(({ name }) => name === "average")!
      exact.forEach(({ a, v, m }, row) => {
        assert.isAtMost(Math.abs(Number(average.values[row]) - a), average.halfWidths![row]!)
        assert.isAtMost(Math.abs(column(table, "spread")[row]! - v), 60)
        assert.isAtMost(Math.abs(column(table, "middle")[row]! - m), 3)
      })
    })
  )

  it.effect("make cells whose sums agree with better totals when levels are measured", () =>
    Effect.gen(function* () {
      yield* fill
      const { query } = yield* Warehouse
      const plan = yield* planAggregate(
        {
          ...ordersByState,
          by: ["state", "channel"],
          keys: { state: ["A", "B"], channel: ["fax", "shop", "web"] },
          measures: [{ name: "orders", count: "rows" }],
          population: { subjects: 20_000 },
          levels: [["state"], []]
        },
        ordersFacts
      )
      const table = yield* runAggregate(plan, relation)
      const figures = column(table, "orders")
      assert.isTrue(figures.every((value) => Number.isInteger(value) && value >= 0))
      const [whole] = yield* query<{ n: number }>(`select count(*) n from core."order"`)
      assert.closeTo(
        figures.reduce((a, b) => a + b, 0),
        whole!.n,
        30
      )
    })
  )

  it.effect("refuse levels over selected keys, and a top by nothing", () =>
    Effect.gen(function* () {
      const levels = yield* Effect.flip(planAggregate({ ...ordersByState, levels: [[]] }, ordersFacts))
      assert.deepStrictEqual(
        [levels._tag, levels.code, levels.where?.field],
        ["Refused", "release.levels", "release.levels"]
      )
      const top = yield* Effect.flip(planAggregate({ ...ordersByState, top: { by: "x", k: 1 } }, ordersFacts))
      assert.strictEqual(top.code, "release.top")
    })
  )
})
