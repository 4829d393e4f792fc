import { assert, layer } from "@effect/vitest"
import { Effect } from "effect"
import { seededBits } from "#core/random/BitSource.ts"
import { uniformInt } from "#core/random/uniformInt.ts"
import type { ReleaseSpec } from "#core/release/ReleaseSpec.ts"
import { Warehouse } from "#core/warehouse/Warehouse.ts"
import type { AggregateShape } from "#privacy/dp/aggregate/AggregatePlan.ts"
import { boundedGroups } from "#privacy/dp/aggregate/boundedGroups.ts"
import { planAggregate } from "#privacy/dp/aggregate/planAggregate.ts"
import { ordersByState, ordersFacts, ordersTable } from "./orders.ts"

const SUBJECTS = 8
const salt = "5a".repeat(16)

/** Values that have broken other engines, drawn often. */
const ugly = {
  state: ["'A'", "'B'", "'C'", "'D'", "''", "null"],
  channel: ["'web'", "'shop'", "null"],
  amount: ["0", "7", "-7", "49999", "50001", "9223372036854775807", "-9223372036854775808", "null"],
  weight: ["0.1", "-0.0", "1e308", "-1e308", "'nan'::double", "'inf'::double", "'-inf'::double", "5e-324", "null"],
  time: ["'2026-01-01'", "'2026-02-28 23:59:59.999999'", "'infinity'", "'-infinity'", "'290000-01-01'", "null"]
}

const dataset = (seed: number): string => {
  const bits = seededBits(`orders ${seed}`)
  const pick = (list: ReadonlyArray<string>) => list[uniformInt(bits, list.length)]!
  const rows = Array.from({ length: 10 + uniformInt(bits, 60) }, () => {
    const subject = uniformInt(bits, SUBJECTS + 1)
    const name = subject === SUBJECTS ? pick(["null", "''"]) : `'s${subject}'`
    const money = `${pick(ugly.amount)}, ${pick(["'CNY'", "'CNY'", "'USD'", "null"])}`
    return `(${name}, 'e', ${pick(ugly.state)}, ${pick(ugly.channel)}, ${money}, ${pick(ugly.weight)}, true, ${pick(["0", "5", "-3", "null"])}, ${pick(ugly.time)})`
  })
  return `insert into core."order" values ${rows.join(", ")}`
}

const measures: ReleaseSpec["measures"] = [
  { name: "orders", count: "rows" },
  { name: "buyers", count: "subjects" },
  { name: "spend", sum: "amount_minor", lower: -20, upper: 50_000 },
  { name: "mass", sum: "weight", lower: 0, upper: 3, step: 0.01 }
]
const bounds = { groups_per_subject: 2, rows_per_group: 3, min_subjects: 1 }
const { population: _, ...open } = ordersByState
const specs: ReadonlyArray<ReleaseSpec> = [
  { ...open, measures, bounds },
  { ...open, measures, bounds, by: ["state", "channel"], keys: { state: "dp", channel: ["shop", "web"] } },
  {
    ...open,
    measures,
    bounds,
    by: [{ month: "date_trunc('month', ordered_at)" }, { size: "bucket(items, 5)" }],
    keys: { month: { from: "2026-01", to: "2026-02", step: "month" }, size: { from: -5, to: 5, step: 5 } }
  },
  { ...open, measures, bounds, by: [], keys: {} }
]

interface Distance {
  /** per measure: squared L2 distance of the totals */
  readonly squared: ReadonlyArray<number>
  /** squared L2 distance of the subjects per selected tuple */
  readonly selection: number
}

const vectors = Effect.fnUntraced(function* (shape: AggregateShape, view: string) {
  const groups = yield* boundedGroups(shape, ["core", view], salt)
  const totals = new Map<string, ReadonlyArray<number>>()
  const tuples = new Map<string, number>()
  for (let row = 0; row < groups.length; row++) {
    const key = groups.keys.map((column) => column[row]!)
    totals.set(
      JSON.stringify(key),
      groups.totals.map((column) => column[row]!)
    )
    const tuple = key.filter((_, i) => shape.keys[i]!.domain === undefined)
    if (groups.subjects.length > 0) tuples.set(JSON.stringify(tuple), groups.subjects[row]!)
  }
  return { totals, tuples }
})

const distance = Effect.fnUntraced(function* (shape: AggregateShape, left: string, right: string) {
  const a = yield* vectors(shape, left)
  const b = yield* vectors(shape, right)
  const squared = shape.measures.map((_, i) => {
    let sum = 0
    for (const key of new Set([...a.totals.keys(), ...b.totals.keys()])) {
      sum += ((a.totals.get(key)?.[i] ?? 0) - (b.totals.get(key)?.[i] ?? 0)) ** 2
    }
    return sum
  })
  let selection = 0
  for (const key of new Set([...a.tuples.keys(), ...b.tuples.keys()])) {
    selection += ((a.tuples.get(key) ?? 0) - (b.tuples.get(key) ?? 0)) ** 2
  }
  return { squared, selection } satisfies Distance
})

layer(Warehouse.memory)("one subject more or less (T7, exact: no false alarms)", (it) => {
  it.effect("moves no total and no selection count further than declared, on 50 ugly tables and every subject", () =>
    Effect.gen(function* () {
      const { script } = yield* Warehouse
      const shapes = yield* Effect.forEach(specs, (spec) =>
        Effect.map(planAggregate(spec, ordersFacts), (plan) => plan.shape)
      )
      /** how close the worst case came to the declared bound, per shape and measure */
      const reached = shapes.map((shape) => shape.measures.map(() => 0))
      for (let seed = 0; seed < 50; seed++) {
        yield* script(`drop table if exists core."order"`)
        yield* script(ordersTable)
        yield* script(dataset(seed))
        const [s, shape] = [seed % shapes.length, shapes[seed % shapes.length]!]
        for (let subject = 0; subject < SUBJECTS; subject++) {
          yield* script(
            `create or replace view core.without as select * from core."order" where subject_id is distinct from 's${subject}'`
          )
          const found = yield* distance(shape, "order", "without")
          for (const [i, measure] of shape.measures.entries()) {
            const declared = shape.l0 * measure.linf ** 2
            assert.isAtMost(found.squared[i]!, declared)
            reached[s]![i] = Math.max(reached[s]![i]!, found.squared[i]! / declared)
          }
          assert.isAtMost(found.selection, shape.l0)
        }
      }
      // The bounds are tight: a sensitivity declared one group or one row too low would have been caught here.
      assert.strictEqual(reached[0]![0], 1)
      assert.strictEqual(reached[0]![1], 1)
      assert.strictEqual(reached[1]![1], 1)
      assert.strictEqual(reached[3]![2], 1)
    })
  )

  it.effect("gives the same totals whatever the order of rows, and for a subject in 1,000 groups", () =>
    Effect.gen(function* () {
      const { script } = yield* Warehouse
      const { shape } = yield* planAggregate(specs[0]!, ordersFacts)
      const many = `select 's' || (i % 50), 'e', 'g' || (i * 7919 % 1000), 'web', i, 'CNY', 0.01 * i, true, 1, null::timestamp from range(50000) t(i)`
      for (const [name, order] of [
        ["there", "i"],
        ["back", "i desc"]
      ] as const) {
        yield* script(`drop table if exists core.${name}`)
        yield* script(ordersTable.replace(`"order"`, name))
        yield* script(`insert into core.${name} ${many} order by ${order}`)
      }
      const found = yield* distance(shape, "there", "back")
      assert.deepStrictEqual(found, { squared: [0, 0, 0, 0], selection: 0 })
      const { totals } = yield* vectors(shape, "there")
      const buyers = [...totals.values()].reduce((sum, row) => sum + row[1]!, 0)
      assert.strictEqual(buyers, 50 * 2)
    })
  )
})
