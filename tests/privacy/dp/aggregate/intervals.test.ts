import { assert, layer } from "@effect/vitest"
import { Effect, Layer } from "effect"
import { seededBits } from "#core/random/BitSource.ts"
import type { ReleaseSpec } from "#core/release/ReleaseSpec.ts"
import { Warehouse } from "#core/warehouse/Warehouse.ts"
import { planAggregate } from "#privacy/dp/aggregate/planAggregate.ts"
import type { ReleasedTable } from "#privacy/dp/aggregate/ReleasedTable.ts"
import { runAggregate } from "#privacy/dp/aggregate/runAggregate.ts"
import { Noise } from "#privacy/dp/Noise.ts"
import { silentNoise } from "../silentNoise.ts"
import { ordersByState, ordersFacts, ordersTable } from "./orders.ts"

const CELLS = 300
const states = Array.from({ length: CELLS }, (_, i) => `g${String(i).padStart(3, "0")}`)
const bounds = { lower: 0, upper: 100 }
const spec: ReleaseSpec = {
  ...ordersByState,
  keys: { state: states },
  population: { subjects: 120_000 },
  epsilon: 20,
  measures: [
    { name: "orders", count: "rows" },
    { name: "spend", sum: "items", ...bounds },
    { name: "average", mean: "items", ...bounds },
    { name: "spread", variance: "items", ...bounds },
    { name: "middle", quantile: 0.5, of: "items", ...bounds },
    { name: "tails", quantiles: [0.9, 0.1, 0.5], of: "items", ...bounds },
    { name: "bands", histogram: "items", bands: 4, ...bounds }
  ]
}

/** 400 subjects a cell, one row each; cells of one value, of few values, even and skewed ones. */
const fill = Effect.gen(function* () {
  const { script } = yield* Warehouse
  yield* script(`drop table if exists core."order"`)
  yield* script(ordersTable)
  yield* script(`insert into core."order"
    select 's' || i, 'e', 'g' || lpad(cast(i % ${CELLS} as varchar), 3, '0'), 'web', 0, 'CNY', 0.0, true,
      case (i % ${CELLS}) % 4 when 0 then 40 when 1 then 20 + 30 * (hash(i) % 3) when 2 then hash(i) % 101
        else floor(100 * pow((hash(i) % 1000) / 1000.0, 3)) end, timestamp '2026-01-15'
    from range(${400 * CELLS}) t(i)`)
})

const truth = Effect.gen(function* () {
  const { query } = yield* Warehouse
  const quantile = (share: number, name: string): string => `quantile_disc(items, ${share}) as ${name}`
  const band = (i: number): string =>
    `count(*) filter (where items > ${25 * (i - 1)} and items <= ${25 * i}) as bands_b${i}`
  return yield* query<Record<string, number>>(
    `select count(*) as orders, cast(sum(items) as bigint) as spend, avg(items) as average, var_pop(items) as spread,
       ${[quantile(0.5, "middle"), quantile(0.1, "tails_p10"), quantile(0.5, "tails_p50"), quantile(0.9, "tails_p90")].join(", ")},
       count(*) filter (where items <= 0) as bands_b0, ${[1, 2, 3, 4].map(band).join(", ")}
     from core."order" group by state order by state`
  )
})

/** Share of the cells whose interval holds the truth, and the median half-width, by measure. */
const judge = (table: ReleasedTable, exact: ReadonlyArray<Record<string, number>>) =>
  Object.fromEntries(
    table.columns.slice(1).map(({ name, values, halfWidths }) => {
      const held = exact.filter(
        (cell, row) => Math.abs(Number(values[row]) - Number(cell[name])) <= halfWidths![row]! + 1e-9
      ).length
      return [name, { held: held / CELLS, width: [...halfWidths!].sort((a, b) => a - b)[CELLS >> 1]! }]
    })
  )

layer(Layer.mergeAll(Warehouse.memory, Noise.layerOver(seededBits("intervals"))))("the interval of a cell", (it) => {
  // With 95 % coverage fewer than 89.4 % of 300 cells hold with probability below 1e-5 a measure (z 4.417); bits are seeded.
  const least = 0.95 - 4.41717 * Math.sqrt((0.95 * 0.05) / CELLS)

  it.effect("holds the truth of its cell with 95 %: counts, sums, means, variances, quantiles and bands", () =>
    Effect.gen(function* () {
      yield* fill
      const table = yield* runAggregate(yield* planAggregate(spec, ordersFacts), ["core", "order"])
      assert.strictEqual(table.rows, CELLS)
      const found = judge(table, yield* truth)
      assert.strictEqual(Object.keys(found).length, 13)
      for (const [name, { held }] of Object.entries(found)) assert.isAtLeast(held, least, name)
      // And it says something: narrower than half of what is publicly known.
      for (const name of ["average", "middle", "tails_p10", "tails_p50"]) assert.isBelow(found[name]!.width, 50, name)
      assert.isBelow(found["spread"]!.width, 1250)
    })
  )

  it.effect("holds it too where cells were fitted to totals of levels, empty cells among them", () =>
    Effect.gen(function* () {
      yield* fill
      const { query } = yield* Warehouse
      const levelled: ReleaseSpec = {
        ...spec,
        by: ["state", "channel"],
        keys: { state: states.slice(0, CELLS / 2), channel: ["none", "web"] },
        measures: [{ name: "orders", count: "rows" }],
        epsilon: 1,
        levels: [["state"], []]
      }
      const table = yield* runAggregate(yield* planAggregate(levelled, ordersFacts), ["core", "order"])
      assert.strictEqual(table.rows, CELLS)
      const exact = yield* query<{ orders: number }>(
        `select count(o.subject_id) as orders from (select unnest([${states
          .slice(0, CELLS / 2)
          .map((one) => `'${one}'`)
          .join(", ")}]) as state) s
         cross join (select unnest(['none', 'web']) as channel) c left join core."order" o using (state, channel)
         group by state, channel order by state, channel`
      )
      const found = judge({ ...table, columns: table.columns.slice(1) }, exact)
      assert.isAtLeast(found["orders"]!.held, least)
    })
  )

  it.effect("of a group without values is as wide as the public bounds", () =>
    Effect.gen(function* () {
      yield* fill
      const empty = { ...spec, keys: { state: [...states.slice(1), "nobody"] } }
      const table = yield* runAggregate(yield* planAggregate(empty, ordersFacts), ["core", "order"])
      const of = (name: string) => table.columns.find((column) => column.name === name)!
      assert.strictEqual(of("state").values.at(-1), "nobody")
      assert.isAtLeast(of("middle").halfWidths!.at(-1)!, 50)
      assert.isAtLeast(of("spread").halfWidths!.at(-1)!, 1000)
    })
  )
})

layer(Layer.mergeAll(Warehouse.memory, silentNoise))("columns that share a charge, without noise", (it) => {
  it.effect("are the quantiles, rising, and the subjects of every band, clamped ones in the outermost", () =>
    Effect.gen(function* () {
      yield* fill
      const plan = yield* planAggregate(spec, ordersFacts)
      const names = plan.shape.measures.map(({ name }) => name)
      assert.deepStrictEqual(names.slice(5, 8), ["tails_p10", "tails_p50", "tails_p90"])
      assert.deepStrictEqual(names.slice(8), ["bands_b0", "bands_b1", "bands_b2", "bands_b3", "bands_b4"])
      // One share of the loss each: seven measures.
      const units = (from: number, to: number): bigint =>
        plan.noise.measures.slice(from, to).reduce((sum, own) => sum + own.rhoUnits, 0n)
      assert.strictEqual(units(5, 8), units(0, 1))
      assert.strictEqual(units(8, 13), units(0, 1))
      const table = yield* runAggregate(plan, ["core", "order"])
      const exact = yield* truth
      for (const name of [...names.slice(4, 8), ...names.slice(8)]) {
        const { values } = table.columns.find((column) => column.name === name)!
        // The outer of several quantiles are taken among the values beside the middle one, ties of it included.
        const apart = /p[19]0$/.test(name) ? 6 : 0
        exact.forEach((cell, row) =>
          assert.isAtMost(Math.abs(Number(values[row]) - Number(cell[name])), apart, `${name} of row ${row}`)
        )
      }
      const narrow = { ...spec, measures: [{ name: "b", histogram: "items", bands: 2, lower: 30, upper: 50 }] } as const
      const clamped = yield* runAggregate(yield* planAggregate(narrow, ordersFacts), ["core", "order"])
      const sums = Array.from({ length: CELLS }, (_, row) =>
        clamped.columns.slice(1).reduce((sum, { values }) => sum + Number(values[row]), 0)
      )
      assert.isTrue(sums.every((sum) => sum === 400))
    })
  )
})
