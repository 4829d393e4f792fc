import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { seededBits } from "#core/random/BitSource.ts"
import { uniformInt } from "#core/random/uniformInt.ts"
import type { Refused } from "#core/Refused.ts"
import { Warehouse } from "#core/warehouse/Warehouse.ts"
import type { Asset } from "#pipelines/engine/Asset.ts"
import { assetGraph } from "#pipelines/engine/AssetGraph.ts"
import { columnsOf } from "#pipelines/engine/makeAsset.ts"
import { bindAssets } from "#pipelines/lineage/bindAssets.ts"
import { recomputeFromEvents } from "#pipelines/lineage/recomputeFromEvents.ts"
import { traceBack } from "#pipelines/lineage/traceBack.ts"
import { traceForward } from "#pipelines/lineage/traceForward.ts"
import { makeTwins } from "./makeTwins.ts"
import { oracleGraph } from "./oracleGraph.ts"

const plain = { group: "test", owners: [], description: { en: "", zh: "" }, grain: [], checks: [] }
const raw = (key: string): Asset => ({ ...plain, key, kind: "source", deps: [] })
const full = (key: string, deps: ReadonlyArray<string>, sql: string): Asset => ({
  ...plain,
  key,
  kind: "full",
  deps,
  sql
})

const lines = `create table raw.lines as select i as line, i % 40 as ord, i % 7 as flag, (i * 37) % 100 as price, md5(i::varchar)::uuid as _event_id from range(200) as t (i)`
const orders = `create table raw.orders as select i as ord, i % 9 as cust, i % 5 as day, md5('o' || i)::uuid as _event_id from range(40) as t (i)`
const customers = `create table raw.customers as select i as cust, i % 3 as nation, md5('c' || i)::uuid as _event_id from range(9) as t (i)`

/** Statements in the manner of TPC-H, each with a join-back query by hand that yields the events of the rows of one key. */
const tpch = [
  {
    title: "pricing summary",
    deps: ["raw.lines"],
    sql: "select flag, sum(price) as total, avg(price) as mean, count(*) as n from raw.lines where line < 180 group by flag",
    key: { flag: "3" },
    events: "select _event_id as e from raw.lines where flag = 3 and line < 180"
  },
  {
    title: "revenue of orders over a join of three",
    deps: ["raw.lines", "raw.orders", "raw.customers"],
    sql: `select o.ord, o.day, sum(l.price) as revenue from raw.customers as c join raw.orders as o using (cust)
          join raw.lines as l on l.ord = o.ord where c.nation = 1 group by all having sum(l.price) > 10`,
    key: { ord: "4" },
    events: `select unnest([c._event_id, o._event_id, l._event_id]) as e from raw.customers as c, raw.orders as o, raw.lines as l
             where c.cust = o.cust and l.ord = o.ord and c.nation = 1 and o.ord = 4`
  },
  {
    title: "orders for which a line exists",
    deps: ["raw.lines", "raw.orders"],
    sql: "select day, count(*) as n from raw.orders as o where exists (select 1 from raw.lines as l where l.ord = o.ord and l.price > 90) group by day",
    key: { day: "2" },
    events:
      "select _event_id as e from raw.orders as o where day = 2 and ord in (select ord from raw.lines where price > 90)"
  },
  {
    title: "an aggregate of an aggregate, through an outer join",
    deps: ["raw.orders", "raw.customers"],
    sql: `select n, count(*) as customers from (select c.cust, count(o.ord) as n from raw.customers as c
          left join raw.orders as o on o.cust = c.cust and o.day > 2 group by c.cust) group by n`,
    key: { n: "2" },
    events: `select unnest([c._event_id, o._event_id]) as e from raw.customers as c left join raw.orders as o on o.cust = c.cust and o.day > 2
             where (select count(*) from raw.orders as p where p.cust = c.cust and p.day > 2) = 2`
  },
  {
    title: "a named expression used twice, with a star and a union",
    deps: ["raw.lines", "raw.orders"],
    sql: `with big as (select * from raw.lines where price >= 50), both_ as (select ord, price from big union all by name select 1 as price, ord from raw.orders)
          select ord, sum(price) as s from both_ group by ord`,
    key: { ord: "7" },
    events:
      "select _event_id as e from raw.lines where price >= 50 and ord = 7 union select _event_id from raw.orders where ord = 7"
  },
  {
    title: "a scalar subquery in the select list",
    deps: ["raw.lines", "raw.orders"],
    sql: "select o.ord, (select max(l.price) from raw.lines as l where l.ord = o.ord) as top from raw.orders as o",
    key: { ord: "11" },
    events: "select _event_id as e from raw.lines where ord = 11 union select _event_id from raw.orders where ord = 11"
  },
  {
    title: "a running sum",
    deps: ["raw.lines"],
    sql: "select line, sum(price) over (partition by flag order by line) as running from raw.lines",
    key: { line: "60" },
    events: "select _event_id as e from raw.lines where flag = 60 % 7 and line <= 60"
  },
  {
    title: "distinct rows",
    deps: ["raw.lines"],
    sql: "select distinct flag, ord % 2 as odd from raw.lines",
    key: { flag: "1", odd: "0" },
    events: "select _event_id as e from raw.lines where flag = 1 and ord % 2 = 0"
  }
]

describe("recomputeFromEvents", () => {
  for (const { title, deps, sql, key } of tpch) {
    it.effect(`makes the rows of ${title} again from nothing but their events`, () =>
      Effect.gen(function* () {
        const warehouse = yield* Warehouse
        for (const statement of [lines, orders, customers]) yield* warehouse.run(statement)
        const { bound } = yield* makeTwins(warehouse, [...deps.map(raw), full("core.made", deps, sql)])
        const found = yield* recomputeFromEvents(warehouse, bound, "core.made", Object.keys(key), 4)
        assert.isAtLeast(found.sampled, 2)
        assert.isAtLeast(found.events, found.sampled)
        assert.strictEqual(found.different, 0)
      }).pipe(Effect.provide(Warehouse.memory))
    )
  }

  it.effect("finds a stored sum that its events do not make", () =>
    Effect.gen(function* () {
      const warehouse = yield* Warehouse
      yield* warehouse.run(lines)
      const sum = full("core.made", ["raw.lines"], "select flag, sum(price) as s from raw.lines group by flag")
      const { bound } = yield* makeTwins(warehouse, [raw("raw.lines"), sum])
      yield* warehouse.run("update core.made set s = s + 1 where flag = 2")
      const found = yield* recomputeFromEvents(warehouse, bound, "core.made", ["flag"], 7)
      assert.deepInclude(found, { sampled: 7, different: 1, events: 200 })
    }).pipe(Effect.provide(Warehouse.memory))
  )
})

describe("traceBack", () => {
  for (const { title, deps, sql, key, events } of tpch) {
    it.effect(`finds exactly the events of ${title}`, () =>
      Effect.gen(function* () {
        const warehouse = yield* Warehouse
        for (const statement of [lines, orders, customers]) yield* warehouse.run(statement)
        const assets = [...deps.map(raw), full("core.made", deps, sql)]
        const { bound } = yield* makeTwins(warehouse, assets)
        const expected = yield* warehouse.query<{ e: string }>(
          `select distinct e::varchar as e from (${events}) where e is not null order by e`
        )
        const found = yield* traceBack(warehouse, bound, "core.made", key)
        assert.isAbove(expected.length, 0)
        assert.strictEqual(found.rows, 1)
        assert.deepStrictEqual(
          found.events,
          expected.map(({ e }) => e)
        )
      }).pipe(Effect.provide(Warehouse.memory))
    )
  }

  // Every step of the generator is in every graph; the nightly run looks at a hundred of them.
  const seeds = process.env["ASSAY_NIGHTLY"] === "1" ? 100 : 6
  for (const seed of Array.from({ length: seeds }, (_, i) => i + 1)) {
    it.effect(`equals brute force on the generated graph ${seed}, backward and forward`, () =>
      Effect.gen(function* () {
        const warehouse = yield* Warehouse
        const bits = seededBits(seed)
        const { assets, raws, tables } = oracleGraph(bits)
        for (const [key, rows] of raws) {
          yield* warehouse.run(`create table ${key} (k bigint, g bigint, v bigint, _event_id uuid)`)
          for (const row of rows) {
            yield* warehouse.run(`insert into ${key} values ($k, $g, $v, $e::uuid)`, {
              k: row.k,
              g: row.g,
              v: row.v,
              e: [...row.src][0]!
            })
          }
        }
        const { bound, graph } = yield* makeTwins(warehouse, assets)
        let compared = 0
        for (const [key, rows] of tables) {
          const stored = yield* warehouse.query<{ n: number }>(`select count(*) as n from ${key}`)
          assert.strictEqual(stored[0]!.n, rows.length, `${key} has other rows`)
          for (let i = 0; i < 4 && rows.length > 0; i++) {
            const { k, g, v } = rows[uniformInt(bits, rows.length)]!
            const twins = rows.filter((row) => row.k === k && row.g === g && row.v === v)
            const found = yield* traceBack(warehouse, bound, key, { k: String(k), g: String(g), v: String(v) })
            assert.strictEqual(found.rows, twins.length)
            assert.deepStrictEqual([...found.events], [...new Set(twins.flatMap(({ src }) => [...src]))].sort(), key)
            compared++
          }
        }
        assert.isAbove(compared, 20)
        const ids = [...raws.values()].flat().flatMap(({ src }) => [...src])
        const some = Array.from({ length: 3 }, () => ids[uniformInt(bits, ids.length)]!)
        for (const events of [some.slice(0, 1), some.slice(1, 2), some]) {
          const forward = yield* traceForward(warehouse, bound, graph, () => true, events)
          const expected = [...raws, ...tables]
            .map(([asset, rows]) => ({
              asset,
              rows: rows.filter(({ src }) => events.some((one) => src.has(one))).length
            }))
            .filter(({ rows }) => rows > 0)
          assert.deepStrictEqual(
            forward.map(({ asset, rows }) => ({ asset, rows: rows! })).sort((a, b) => (a.asset < b.asset ? -1 : 1)),
            expected.sort((a, b) => (a.asset < b.asset ? -1 : 1))
          )
        }
      }).pipe(Effect.provide(Warehouse.memory))
    )
  }

  const newest = "qualify row_number() over (partition by ord order by line desc) = 1"
  const choosing = [
    raw("raw.lines"),
    full("core.newest", ["raw.lines"], `select ord, price, _event_id from raw.lines ${newest}`),
    full("core.lost", ["raw.lines"], `select ord, price from raw.lines ${newest}`),
    full(
      "core.first",
      ["core.lost"],
      "select distinct on (ord % 5) ord % 5 as five, price from core.lost order by five, ord"
    ),
    full(
      "core.drawn",
      ["raw.lines"],
      "select ord, sum(price) as s, count(*) as n from raw.lines where random() < 0.5 group by ord"
    ),
    full("core.some", ["raw.lines"], "select line, price from raw.lines using sample 20 rows"),
    full("core.top", ["core.drawn"], "select sum(s) as s from (from core.drawn order by s desc, ord limit 3)")
  ]

  it.effect("follows what was chosen or drawn by the events that were kept beside each row", () =>
    Effect.gen(function* () {
      const warehouse = yield* Warehouse
      yield* warehouse.run(lines)
      const { bound } = yield* makeTwins(warehouse, choosing)
      assert.strictEqual(bound.get("core.newest")!.record, "non_invertible")
      assert.isTrue(bound.get("core.newest")!.carries)
      const of = Effect.fnUntraced(function* (condition: string) {
        const rows = yield* warehouse.query<{ e: string }>(
          `select _event_id::varchar as e from raw.lines where ${condition} order by e`
        )
        return rows.map(({ e }) => e)
      })
      for (const key of ["core.newest", "core.lost"]) {
        const { events } = yield* traceBack(warehouse, bound, key, { ord: "3" })
        assert.deepStrictEqual(events, yield* of("line = 163"))
      }
      const { events: first } = yield* traceBack(warehouse, bound, "core.first", { five: "2" })
      assert.deepStrictEqual(first, yield* of("line = 162"))
      // What chance took cannot be asked for again: its events must make the stored sums.
      const drawn = yield* warehouse.query<{ ord: number; s: number; n: number }>(
        "from core.drawn order by s desc, ord"
      )
      for (const { ord, s, n } of drawn.slice(0, 8)) {
        const { events } = yield* traceBack(warehouse, bound, "core.drawn", { ord: String(ord) })
        const [again] = yield* warehouse.query<{ s: number; n: number }>(
          "select sum(price) as s, count(*) as n from raw.lines where list_contains($events::uuid[], _event_id)",
          { events }
        )
        assert.deepStrictEqual(again, { s, n })
      }
      const top = yield* traceBack(warehouse, bound, "core.top", {})
      const three = yield* Effect.forEach(drawn.slice(0, 3), ({ ord }) =>
        traceBack(warehouse, bound, "core.drawn", { ord: String(ord) })
      )
      assert.deepStrictEqual(top.events, three.flatMap(({ events }) => events).sort())
      const [some] = yield* warehouse.query<{ line: number }>("from core.some limit 1")
      for (const [key, by] of [
        ["core.lost", ["ord"]],
        ["core.first", ["five"]]
      ] as const) {
        const again = yield* recomputeFromEvents(warehouse, bound, key, by, 5)
        assert.deepInclude(again, { sampled: 5, events: 5, different: 0 })
      }
      const sampled = yield* traceBack(warehouse, bound, "core.some", { line: String(some!.line) })
      assert.deepStrictEqual(sampled.events, yield* of(`line = ${some!.line}`))
    }).pipe(Effect.provide(Warehouse.memory))
  )

  it.effect("refuses a choice whose rows were made before their events were kept", () =>
    Effect.gen(function* () {
      const warehouse = yield* Warehouse
      yield* warehouse.run(lines)
      const { graph } = yield* makeTwins(warehouse, choosing)
      const bound = yield* bindAssets(graph.order, new Map([["raw.lines", yield* columnsOf("raw.lines")]]))
      const refusal = yield* Effect.flip(traceBack(warehouse, bound, "core.lost", { ord: "3" }))
      assert.deepInclude(refusal, { code: "trace.choice", where: { asset: "core.lost" } })
      for (const key of ["core.drawn", "core.top"]) {
        assert.deepInclude(yield* Effect.flip(traceBack(warehouse, bound, key, { s: "3" })), { code: "trace.choice" })
      }
    }).pipe(Effect.provide(Warehouse.memory))
  )

  it.effect("refuses what no columns lead back to, and says what to write instead", () =>
    Effect.gen(function* () {
      const warehouse = yield* Warehouse
      yield* warehouse.run(lines)
      const refused = [
        ["from (pivot raw.lines on flag in (1, 2) using sum(price) group by ord)", "PIVOT", /sum\(x\) filter/],
        ["select ord from raw.lines except all select flag from raw.lines", "EXCEPT ALL", /EXCEPT without ALL/],
        ["select ord from raw.lines intersect all select flag from raw.lines", "INTERSECT ALL", /without ALL/],
        [
          "with recursive up as (select ord from raw.lines union all select ord + 1 from up where ord < 45) from up",
          "recursion",
          /joins/
        ]
      ] as const
      const assets = refused.map(([sql], i) => full(`core.made${i}`, ["raw.lines"], sql))
      const { bound } = yield* makeTwins(warehouse, [raw("raw.lines"), ...assets])
      for (const [i, [, why, fix]] of refused.entries()) {
        const refusal = yield* Effect.flip(traceBack(warehouse, bound, `core.made${i}`, { ord: "3" }))
        assert.deepInclude(refusal, { code: "trace.statement", where: { asset: `core.made${i}` } })
        assert.include(refusal.message, why)
        assert.match((refusal as Refused).fix, fix)
      }
    }).pipe(Effect.provide(Warehouse.memory))
  )

  it.effect("stops at a barrier, and says so", () =>
    Effect.gen(function* () {
      const release: Asset = { ...plain, key: "release.noisy", kind: "release", deps: ["raw.lines"] }
      const graph = assetGraph([raw("raw.lines"), release])
      const known = new Map([["raw.lines", [{ name: "_event_id", type: "UUID" }]]])
      const bound = yield* bindAssets(graph.order, known)
      const refusal = yield* Effect.flip(traceBack(yield* Warehouse, bound, "release.noisy", {}))
      assert.deepInclude(refusal, { code: "trace.barrier" })
    }).pipe(Effect.provide(Warehouse.memory))
  )
})
