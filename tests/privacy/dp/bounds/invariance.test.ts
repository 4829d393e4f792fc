import { assert, describe, it, layer } from "@effect/vitest"
import { Effect, Layer } from "effect"
import { seededBits } from "#core/random/BitSource.ts"
import type { ReleaseSpec } from "#core/release/ReleaseSpec.ts"
import type { Session } from "#core/warehouse/Session.ts"
import { Warehouse } from "#core/warehouse/Warehouse.ts"
import { planAggregate } from "#privacy/dp/aggregate/planAggregate.ts"
import { runAggregate } from "#privacy/dp/aggregate/runAggregate.ts"
import { Noise } from "#privacy/dp/Noise.ts"
import { ordersByState, ordersFacts, ordersTable } from "../aggregate/orders.ts"

const spec: ReleaseSpec = {
  ...ordersByState,
  by: ["state", "channel"],
  keys: { state: "dp", channel: ["web", "shop"] },
  measures: [
    { name: "orders", count: "rows" },
    { name: "buyers", count: "subjects" },
    { name: "spend", sum: "amount_minor", lower: -20, upper: 50_000 },
    { name: "mass", sum: "weight", lower: 0, upper: 300, step: 0.01 },
    { name: "average", mean: "weight", lower: 0, upper: 300, step: 0.01 },
    { name: "spread", variance: "items", lower: 0, upper: 40 },
    { name: "middle", quantile: 0.5, of: "amount_minor", lower: 0, upper: 50_000 }
  ],
  bounds: { groups_per_subject: 3, rows_per_group: 4, min_subjects: 5 },
  population: { subjects: 900_000, groups: { state: 8 } },
  epsilon: 3
}

/** 12,000 rows of 1,500 subjects, edge values among them; sums of doubles in this table differ with their order. */
const rows = `select 's' || (hash(i) % 1500) as subject_id, 'e' || i as _event_id,
  ['A','B','C','D','E','F','G', null, ''][1 + cast(hash(i, 1) % 9 as integer)] as state, ['web', 'shop', 'fax'][1 + cast(hash(i, 2) % 3 as integer)] as channel,
  case hash(i, 3) % 50 when 0 then 9223372036854775807 when 1 then -9223372036854775808 when 2 then null else hash(i, 4) % 40000 end as amount_minor,
  ['CNY', 'CNY', 'CNY', 'USD'][1 + cast(hash(i, 5) % 4 as integer)] as currency,
  case hash(i, 6) % 60 when 0 then 'nan'::double when 1 then 'inf'::double when 2 then -1e308 when 3 then null else (hash(i, 7) % 9000) / 37.0 end as weight,
  true as paid, cast(hash(i, 8) % 9 as integer) as items, timestamp '2026-01-01' as ordered_at
  from range(12000) t(i)`

interface Variation {
  readonly name: string
  readonly threads: number
  readonly order: string
  /** rows per insert */
  readonly batch: number
  /** adds up rows of a subject and group in the engine first, or never; else as measured */
  readonly merge?: boolean
}

/** A warehouse that is told how many rows a subject has in a group, instead of taking a sample of it. */
const sampled = (merge: boolean): Layer.Layer<Warehouse, never, Warehouse> =>
  Layer.effect(
    Warehouse,
    Effect.map(Warehouse, (warehouse) => {
      const told = (session: Session): Session => ({
        ...session,
        query: <A extends object>(sql: string, params?: Parameters<Session["query"]>[1]) =>
          sql.includes("as pairs from")
            ? Effect.succeed([{ rows: merge ? 9 : 0, pairs: 1 }] as unknown as ReadonlyArray<A>)
            : session.query<A>(sql, params)
      })
      return Warehouse.of({
        ...warehouse,
        transaction: (body) => warehouse.transaction((session) => body(told(session)))
      })
    })
  )

/** The release of the same rows, laid out otherwise, with the same recorded noise. */
const released = ({ threads, order, batch, merge }: Variation, noise = "recorded", more = "where false") =>
  Effect.gen(function* () {
    const { script } = yield* Warehouse
    yield* script(ordersTable)
    yield* script(
      `create table core.source as select *, row_number() over (order by ${order}) - 1 as place from (${rows})`
    )
    for (let from = 0; from < 12_000; from += batch)
      yield* script(
        `insert into core."order" select * exclude (place) from core.source where place >= ${from} and place < ${from + batch} order by place`
      )
    yield* script(`insert into core."order" select * from (${poison}) ${more}`)
    const table = yield* runAggregate(yield* planAggregate(spec, ordersFacts), ["core", "order"])
    return table.columns.map(({ name, values, halfWidths }) => ({ name, values, halfWidths }))
  }).pipe(
    Effect.provide([merge === undefined ? Layer.empty : sampled(merge), Noise.layerOver(seededBits(noise))]),
    Effect.provide(Warehouse.layer({ path: ":memory:", spill: "", directories: [], threads }), { local: true })
  )

/** Rows that must leave no trace: without subject, without key, or with a key that no list holds. */
const poison = `select case i % 2 when 0 then null else '' end as subject_id, 'p' || i, 'A', 'web', 10000, 'CNY', 5, true, 1, timestamp '2026-01-01' from range(500) t(i)
  union all select 's' || i, 'p', null, 'web', 10000, 'CNY', 5, true, 1, timestamp '2026-01-01' from range(500) t(i)
  union all select 's' || i, 'p', 'A', 'no such channel', 10000, 'CNY', 5, true, 1, timestamp '2026-01-01' from range(500) t(i)`

const variations: ReadonlyArray<Variation> = [
  { name: "one thread, in order", threads: 1, order: "_event_id", batch: 12_000 },
  { name: "two threads, backwards", threads: 2, order: "_event_id desc", batch: 12_000 },
  { name: "four threads, shuffled, in batches of 700", threads: 4, order: "hash(_event_id)", batch: 700 },
  { name: "by subject, in batches of 3,000", threads: 2, order: "subject_id, _event_id", batch: 3000 },
  { name: "shuffled, merged first", threads: 2, order: "hash(_event_id, 1)", batch: 5000, merge: true },
  { name: "shuffled, never merged", threads: 3, order: "hash(_event_id, 2)", batch: 5000, merge: false }
]

describe("a release with recorded noise (T11)", () => {
  const [first, ...others] = variations
  it.effect.each(others.map((variation) => [variation.name, variation] as const))(
    "is the same to the last digit: %s",
    ([, variation]) =>
      Effect.gen(function* () {
        const expected = yield* released(first!)
        assert.isAtLeast(expected[0]!.values.length, 12)
        assert.deepStrictEqual(yield* released(variation), expected)
      })
  )

  it.effect("is another with other noise, and the same with 1,500 rows that count for nothing", () =>
    Effect.gen(function* () {
      const expected = yield* released(first!)
      assert.notDeepEqual(yield* released(first!, "other"), expected)
      assert.deepStrictEqual(yield* released(first!, "recorded", ""), expected)
    })
  )
})

const numeric: ReadonlyArray<readonly [type: string, poison: ReadonlyArray<string>]> = [
  ["TINYINT", ["null", "127", "-128"]],
  ["UTINYINT", ["null", "255", "0"]],
  ["SMALLINT", ["null", "32767", "-32768"]],
  ["USMALLINT", ["null", "65535"]],
  ["INTEGER", ["null", "2147483647", "-2147483648"]],
  ["UINTEGER", ["null", "4294967295"]],
  ["BIGINT", ["null", "9223372036854775807", "-9223372036854775808"]],
  ["UBIGINT", ["null", "18446744073709551615", "0"]],
  ["HUGEINT", ["null", "170141183460469231731687303715884105727", "-170141183460469231731687303715884105728"]],
  ["DECIMAL(18,3)", ["null", "999999999999999.999", "-999999999999999.999"]],
  ["DECIMAL(38,0)", ["null", "99999999999999999999999999999999999999"]],
  ["FLOAT", ["null", "'nan'", "'inf'", "'-inf'", "3.4e38", "1e-45"]],
  ["DOUBLE", ["null", "'nan'", "'inf'", "'-inf'", "1.7e308", "-1.7e308", "5e-324"]]
]

layer(Layer.mergeAll(Warehouse.memory, Noise.layerOver(seededBits("poison"))))("a poison value (T11)", (it) => {
  it.effect.each(numeric)("in a measured column changes no outcome: %s", ([type, values]) =>
    Effect.gen(function* () {
      const { script } = yield* Warehouse
      const integer = type.endsWith("INT")
      const own = { of: "x", lower: 0, upper: 100, ...(integer ? {} : { step: 1 }) }
      const { of, ...bounds } = own
      const plan = yield* planAggregate(
        {
          ...ordersByState,
          measures: [
            { name: "total", sum: of, ...bounds },
            { name: "average", mean: of, ...bounds },
            { name: "spread", variance: of, ...bounds },
            { name: "middle", quantile: 0.5, ...own }
          ],
          population: { subjects: 900_000, groups: { state: 8 } },
          epsilon: 3
        },
        {
          asset: "core.poisoned",
          columns: [
            { name: "subject_id", type: "VARCHAR" },
            { name: "state", type: "VARCHAR" },
            { name: "x", type }
          ]
        }
      )
      const rowCounts: Array<number> = []
      for (const value of ["7", ...values]) {
        // A thousand times in one group of one subject, so that sums overflow where they can; and once beside it.
        yield* script(`create or replace table core.poisoned as
          select 's' || (i % 700) as subject_id, 'A' as state, cast(5 as ${type}) as x from range(2000) t(i)
          union all select 'poisoner', 'A', cast(${value} as ${type}) from range(1000) t(i)
          union all select 's0', 'A', cast(${value} as ${type})`)
        rowCounts.push((yield* runAggregate(plan, ["core", "poisoned"])).rows)
      }
      assert.deepStrictEqual(
        rowCounts,
        rowCounts.map(() => 1)
      )
    })
  )
})
