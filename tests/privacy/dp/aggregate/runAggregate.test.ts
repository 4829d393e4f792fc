import { assert, describe, it, layer } from "@effect/vitest"
import { Effect, Layer } from "effect"
import { seededBits } from "#core/random/BitSource.ts"
import type { ReleaseSpec } from "#core/release/ReleaseSpec.ts"
import { Warehouse } from "#core/warehouse/Warehouse.ts"
import { planAggregate } from "#privacy/dp/aggregate/planAggregate.ts"
import { runAggregate } from "#privacy/dp/aggregate/runAggregate.ts"
import { writeReleasedTable } from "#privacy/dp/aggregate/writeReleasedTable.ts"
import { Noise } from "#privacy/dp/Noise.ts"
import { silentNoise } from "../silentNoise.ts"
import { ordersByState, ordersFacts, ordersTable } from "./orders.ts"

const relation = ["core", "order"]

const fill = Effect.gen(function* () {
  const { script } = yield* Warehouse
  yield* script(`drop table if exists core."order"`)
  yield* script(ordersTable)
  yield* script(`insert into core."order"
    select 's' || i, 'e' || i, ['A','B','C','D','E','F','G'][1 + i % 7], ['web','shop'][1 + i % 2],
      100 * (i % 10), 'CNY', 0.25 * (i % 4), i % 2 = 0, i % 3, timestamp '2026-01-15 00:00:00' + to_months(cast(i % 12 as integer))
    from range(7000) t(i)`)
})

const values = (table: { columns: ReadonlyArray<{ name: string; values: ReadonlyArray<unknown> }> }, name: string) =>
  table.columns.find((column) => column.name === name)!.values

layer(Layer.mergeAll(Warehouse.memory, silentNoise))("a release without noise", (it) => {
  it.effect("has the bounded totals of the groups, sorted by key", () =>
    Effect.gen(function* () {
      yield* fill
      const plan = yield* planAggregate(ordersByState, ordersFacts)
      const table = yield* runAggregate(plan, relation)
      assert.deepStrictEqual(values(table, "state"), ["A", "B", "C", "D", "E", "F", "G"])
      assert.deepStrictEqual(values(table, "orders"), Array(7).fill(1000))
      assert.deepStrictEqual(values(table, "spend_minor"), Array(7).fill(450_000))
    })
  )

  it.effect("counts a subject in no more groups, rows and money than declared", () =>
    Effect.gen(function* () {
      const { script } = yield* Warehouse
      yield* fill
      yield* script(`insert into core."order" select 'greedy', 'g' || i, 'g' || (i % 1000), 'web', 9000000, 'CNY', 0, true, 1,
        timestamp '2026-01-15' from range(5000) t(i)`)
      const plan = yield* planAggregate(
        {
          ...ordersByState,
          by: [],
          keys: {},
          population: { subjects: 20_000 },
          bounds: { rows_per_group: 3 },
          measures: [
            { name: "orders", count: "rows" },
            { name: "buyers", count: "subjects" },
            { name: "spend", sum: "amount_minor", lower: 0, upper: 50_000 }
          ]
        },
        ordersFacts
      )
      const table = yield* runAggregate(plan, relation)
      assert.deepStrictEqual(
        table.columns.map((column) => column.values[0]),
        [7003, 7001, 7000 * 450 + 50_000]
      )
      const narrow = yield* planAggregate(
        { ...ordersByState, bounds: { groups_per_subject: 2, rows_per_group: 1, min_subjects: 1 } },
        ordersFacts
      )
      const cells = yield* runAggregate(
        { ...narrow, noise: { ...narrow.noise, selection: { ...narrow.noise.selection!, tau: 1 } } },
        relation
      )
      assert.strictEqual(cells.rows, 9)
    })
  )

  it.effect("emits every listed combination, zeros included, in the order of the keys", () =>
    Effect.gen(function* () {
      yield* fill
      const spec: ReleaseSpec = {
        ...ordersByState,
        by: [{ month: "date_trunc('month', ordered_at)" }, "state", "channel"],
        keys: { month: { from: "2025-12", to: "2026-02", step: "month" }, state: "dp", channel: ["web", "fax"] },
        measures: [{ name: "buyers", count: "subjects" }],
        population: { subjects: 200_000, groups: { state: 7 } }
      }
      const table = yield* runAggregate(yield* planAggregate(spec, ordersFacts), relation)
      assert.strictEqual(table.rows, 3 * 7 * 2)
      assert.deepStrictEqual(values(table, "month").slice(0, 15), [...Array(14).fill("2025-12-01"), "2026-01-01"])
      assert.deepStrictEqual(values(table, "channel").slice(0, 3), ["fax", "web", "fax"])
      assert.isTrue(
        values(table, "buyers")
          .slice(0, 14)
          .every((value) => value === 0)
      )
      const total = values(table, "buyers").reduce((sum: number, value) => sum + Number(value), 0)
      const { query } = yield* Warehouse
      const [exact] = yield* query<{ n: number }>(
        `select count(*) n from core."order" where channel = 'web' and ordered_at < timestamp '2026-03-01'`
      )
      assert.strictEqual(total, exact!.n)
    })
  )

  it.effect("drops NULL, NaN and infinite values on purpose, and rows without subject or key", () =>
    Effect.gen(function* () {
      const { script } = yield* Warehouse
      yield* script(`drop table if exists core."order"`)
      yield* script(ordersTable)
      yield* script(`insert into core."order" values
        ('a', 'e', 'A', 'web', 5, 'CNY', 'nan'::double, true, 1, '2026-01-01'),
        ('b', 'e', 'A', 'web', null, 'CNY', 'inf'::double, true, 1, '2026-01-01'),
        ('c', 'e', 'A', 'web', 9223372036854775807, 'CNY', '-inf'::double, true, 1, 'infinity'),
        ('d', 'e', 'A', 'web', -9223372036854775808, 'CNY', 1e308, true, 1, '-infinity'),
        ('e', 'e', 'A', 'web', 7, 'USD', 1.26, true, 1, null),
        ('f', 'e', null, 'web', 100, 'CNY', 1, true, 1, '2026-01-01'),
        (null, 'e', 'A', 'web', 100, 'CNY', 1, true, 1, '2026-01-01'),
        ('', 'e', 'A', 'web', 100, 'CNY', 1, true, 1, '2026-01-01')`)
      const spec: ReleaseSpec = {
        ...ordersByState,
        keys: { state: ["A"] },
        population: { subjects: 20_000 },
        measures: [
          { name: "orders", count: "rows" },
          { name: "spend", sum: "amount_minor", lower: -10, upper: 10 },
          { name: "weight", sum: "weight", lower: 0, upper: 2, step: 0.01 }
        ]
      }
      const table = yield* runAggregate(yield* planAggregate(spec, ordersFacts), relation)
      assert.deepStrictEqual(values(table, "orders"), [5])
      assert.deepStrictEqual(values(table, "spend"), [5 + 10 - 10])
      assert.deepStrictEqual(values(table, "weight"), [2 + 1.26])
      const monthly = yield* planAggregate(
        {
          ...spec,
          by: [{ month: "date_trunc('month', ordered_at)" }, { size: "bucket(items, 10)" }],
          keys: { month: { from: "2026-01", to: "2026-01", step: "month" }, size: [0] }
        },
        ordersFacts
      )
      assert.strictEqual(values(yield* runAggregate(monthly, relation), "orders")[0], 3)
    })
  )

  it.effect("is empty for an empty table with selected keys, and all zeros with public ones", () =>
    Effect.gen(function* () {
      const { script } = yield* Warehouse
      yield* script(`drop table if exists core."order"`)
      yield* script(ordersTable)
      assert.strictEqual((yield* runAggregate(yield* planAggregate(ordersByState, ordersFacts), relation)).rows, 0)
      const listed = yield* planAggregate({ ...ordersByState, keys: { state: ["A", "B"] } }, ordersFacts)
      assert.deepStrictEqual(values(yield* runAggregate(listed, relation), "spend_minor"), [0, 0])
    })
  )

  it.effect("lands in the warehouse as it is", () =>
    Effect.gen(function* () {
      const warehouse = yield* Warehouse
      yield* fill
      const spec: ReleaseSpec = {
        ...ordersByState,
        by: [{ month: "date_trunc('month', ordered_at)" }, "paid"],
        keys: { month: { from: "2026-01", to: "2026-12", step: "month" }, paid: [true, false] },
        population: { subjects: 20_000 },
        measures: [{ name: "weight", sum: "weight", lower: 0, upper: 2, step: 0.25 }]
      }
      const table = yield* runAggregate(yield* planAggregate(spec, ordersFacts), relation)
      yield* writeReleasedTable(warehouse, { schema: "release", name: "weights" }, table)
      const stored = yield* warehouse.columns("select * from release.weights")
      assert.deepStrictEqual(stored.types, ["DATE", "BOOLEAN", "DOUBLE"])
      assert.deepStrictEqual(stored.values["month"], values(table, "month"))
      assert.deepStrictEqual(stored.values["weight"], values(table, "weight"))
      const [exact] = yield* warehouse.query<{ w: number }>(`select sum(weight) w from core."order"`)
      assert.closeTo(
        values(table, "weight").reduce((sum: number, value) => sum + Number(value), 0),
        exact!.w,
        1e-6
      )
    })
  )
})

layer(Layer.mergeAll(Warehouse.memory, Noise.layerOver(seededBits("release"))))("a release with noise", (it) => {
  it.effect("lies within its 95 % intervals for most cells (2,000 cells, at least 93.5 %: false alarm 1e-3)", () =>
    Effect.gen(function* () {
      yield* fill
      const spec: ReleaseSpec = {
        ...ordersByState,
        by: [{ size: "bucket(items, 1)" }],
        keys: { size: { from: 0, to: 1999 } },
        measures: [{ name: "orders", count: "rows" }],
        population: { subjects: 10_000_000 },
        delta: 1e-8
      }
      const plan = yield* planAggregate(spec, ordersFacts)
      const { halfWidth } = plan.noise.measures[0]!
      const table = yield* runAggregate(plan, relation)
      const exact = (i: number) => (i === 0 ? 2334 : i < 3 ? 2333 : 0)
      const inside = values(table, "orders").filter(
        (value, i) => Math.abs(Number(value) - exact(i)) <= halfWidth
      ).length
      assert.isAtLeast(inside, 2000 * 0.935)
      assert.isBelow(inside, 2000)
    })
  )

  it.effect("keeps large keys and never one below the smallest group", () =>
    Effect.gen(function* () {
      const { script } = yield* Warehouse
      yield* fill
      yield* script(
        `insert into core."order" select 'r' || i, 'e', 'rare' || (i // 4), 'web', 1, 'CNY', 0, true, 1, null from range(4000) t(i)`
      )
      const table = yield* runAggregate(yield* planAggregate(ordersByState, ordersFacts), relation)
      assert.deepStrictEqual(values(table, "state"), ["A", "B", "C", "D", "E", "F", "G"])
      assert.notDeepEqual(values(table, "orders"), Array(7).fill(1000))
      assert.isTrue(values(table, "orders").every((value) => Number.isSafeInteger(value)))
    })
  )
})

describe("a plan that was not judged", () => {
  it.effect("does not run", () =>
    Effect.gen(function* () {
      const { population: _, ...bare } = ordersByState
      const plan = yield* planAggregate(bare, ordersFacts)
      const exit = yield* Effect.exit(runAggregate(plan, relation))
      assert.strictEqual(exit._tag, "Failure")
    }).pipe(Effect.provide(Layer.mergeAll(Warehouse.memory, silentNoise)))
  )
})
