import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import type { Asset } from "#pipelines/engine/Asset.ts"
import type { RunEvent } from "#pipelines/engine/RunEvent.ts"
import { plainAsset } from "../openEngine.ts"
import { daily, equalsStatement, madeOf, perDay, source, withOrders } from "./lateOrders.ts"

const onTop: Asset = {
  ...plainAsset,
  key: "feature.running",
  kind: "incremental_by_time_range",
  deps: ["core.per_day"],
  sql: "select day, amount, sum(amount) over (order by day rows between 2 preceding and current row)::bigint as three from core.per_day",
  grain: ["day"],
  partitions: daily({ lookback: 2 })
}

describe("incremental_by_time_range", () => {
  it.effect(
    "makes all days once, then nothing, and after late data exactly the touched days and what looks back on them",
    () =>
      withOrders([source, perDay(), onTop], ({ run, warehouse, arrive, engine }) =>
        Effect.gen(function* () {
          const first = yield* run()
          assert.deepStrictEqual(first.made, ["raw.orders", "core.per_day", "feature.running"])
          assert.deepStrictEqual(madeOf(first.events, "core.per_day"), ["2026-01-01 … 2026-01-31"])
          yield* equalsStatement(warehouse, perDay())
          yield* equalsStatement(warehouse, onTop)
          assert.deepStrictEqual((yield* run()).made, [])

          yield* arrive("select 1000 + i, date '2026-01-05' + (i * 7)::integer, 5, uuid() from range(2) as r(i)")
          const late = yield* run()
          assert.deepStrictEqual(madeOf(late.events, "core.per_day"), ["2026-01-05", "2026-01-12"])
          assert.deepStrictEqual(madeOf(late.events, "feature.running"), [
            "2026-01-05 … 2026-01-07",
            "2026-01-12 … 2026-01-14"
          ])
          yield* equalsStatement(warehouse, perDay())
          yield* equalsStatement(warehouse, onTop)
          assert.deepStrictEqual((yield* run()).made, [])
          const [{ n } = { n: 0 }] = yield* warehouse.query<{ n: number }>("select count(*) as n from _assay.interval")
          assert.strictEqual(n, 2, "one range an asset, not one row a day")
          assert.deepStrictEqual(
            (yield* engine.facts).map(({ made }) => made?.rows),
            [312, 31, 31]
          )
        })
      )
  )

  it.effect("makes only the days after the newest when the calendar moves on", () =>
    withOrders([source, perDay()], ({ run, warehouse, arrive }) =>
      Effect.gen(function* () {
        yield* run({ asOf: "2026-01-20" })
        assert.deepStrictEqual(yield* warehouse.query("select count(*) as n from core.per_day"), [{ n: 20 }])
        assert.deepStrictEqual(madeOf((yield* run({ asOf: "2026-01-23" })).events, "core.per_day"), [
          "2026-01-21 … 2026-01-23"
        ])
        yield* arrive("select 1000, date '2026-01-29', 1, uuid()")
        assert.deepStrictEqual(madeOf((yield* run({ asOf: "2026-01-31" })).events, "core.per_day"), [
          "2026-01-24 … 2026-01-31"
        ])
        yield* equalsStatement(warehouse, perDay())
      })
    )
  )

  it.effect("backfills exactly the named days, in batches, whether they are due or not", () =>
    withOrders([source, perDay()], ({ run, warehouse }) =>
      Effect.gen(function* () {
        yield* run()
        yield* warehouse.run("update raw.orders set amount = amount + 1 where id < 31")
        const backfill = { from: "2026-01-03", to: "2026-01-09", batch: 3 }
        const { events } = yield* run({ selection: "core.per_day", backfill })
        assert.deepStrictEqual(madeOf(events, "core.per_day"), [
          "2026-01-03 … 2026-01-05",
          "2026-01-06 … 2026-01-08",
          "2026-01-09"
        ])
        const changed = yield* warehouse.query(
          "select count(*) as n, min(day) as first, max(day) as last from core.per_day where amount % 10 <> 0"
        )
        assert.deepStrictEqual(changed, [{ n: 7, first: "2026-01-03", last: "2026-01-09" }])
        const wrong = yield* Effect.result(
          run({ selection: "core.per_day", backfill: { from: "2026-01-09", to: "yesterday" } })
        )
        assert.strictEqual(wrong._tag === "Success" && wrong.success.failed.length, 1)
      })
    )
  )

  it.effect("keeps the batches before one that a blocking check stops, and resume makes only the rest", () =>
    withOrders([source], ({ run, define, warehouse, engine }) =>
      Effect.gen(function* () {
        const rule = { name: "small", severity: "block", breaks: "amount >= 100000" } as const
        const checked = perDay({ checks: [rule], partitions: daily({ batch: 10 }) })
        yield* define([source, checked])
        yield* warehouse.run("update arrived set amount = 100000 where id = 14")
        const stopped = yield* run()
        assert.deepStrictEqual(madeOf(stopped.events, "core.per_day"), ["2026-01-01 … 2026-01-10"])
        assert.match(String(stopped.failed[0]!.error), /2026-01-11 … 2026-01-20: small fails on 1 rows/)
        assert.deepStrictEqual(yield* warehouse.query("select grain, part from _assay.failing"), [
          { grain: '{"day":"2026-01-15"}', part: "2026-01-15" }
        ])
        assert.deepStrictEqual(yield* warehouse.query("select max(day) as day from core.per_day"), [
          { day: "2026-01-10" }
        ])
        const facts = (yield* engine.facts).find(({ asset }) => asset.key === "core.per_day")
        assert.deepInclude(facts!.checks[0], { name: "small", passed: false, partitions: ["2026-01-15"] })

        yield* warehouse.run("update raw.orders set amount = 1 where id = 14")
        const events: Array<RunEvent> = []
        yield* engine.resume(undefined, { asOf: "2026-01-31", onEvent: (event) => events.push(event) })
        assert.deepStrictEqual(madeOf(events, "core.per_day"), [
          "2026-01-11 … 2026-01-20",
          "2026-01-21 … 2026-01-30",
          "2026-01-31"
        ])
        assert.isTrue(events.some((event) => event.type === "skipped" && event.asset === "raw.orders"))
        assert.isTrue((yield* engine.facts).every(({ checks }) => checks.every(({ passed }) => passed)))
        yield* equalsStatement(warehouse, checked)
      })
    )
  )

  it.effect("goes on with a backfill that was stopped, without the days that it made", () =>
    withOrders([source, perDay()], ({ run, define, warehouse, engine }) =>
      Effect.gen(function* () {
        yield* run()
        const rule = { name: "small", severity: "block", breaks: "amount >= 100000" } as const
        yield* define([source, perDay({ checks: [rule] })])
        yield* warehouse.run("update raw.orders set amount = 100000 where id = 14")
        const stopped = yield* run({
          selection: "core.per_day",
          backfill: { from: "2026-01-10", to: "2026-01-20", batch: 2 }
        })
        assert.deepStrictEqual(madeOf(stopped.events, "core.per_day"), [
          "2026-01-10 … 2026-01-11",
          "2026-01-12 … 2026-01-13"
        ])
        yield* warehouse.run("update raw.orders set amount = 10 where id = 14")
        const events: Array<RunEvent> = []
        yield* engine.resume(undefined, { asOf: "2026-01-31", onEvent: (event) => events.push(event) })
        assert.deepStrictEqual(madeOf(events, "core.per_day"), [
          "2026-01-14 … 2026-01-15",
          "2026-01-16 … 2026-01-17",
          "2026-01-18 … 2026-01-19",
          "2026-01-20"
        ])
      })
    )
  )

  it.effect("is made anew at once when its definition or its columns change", () =>
    withOrders([source, perDay({ partitions: daily({ batch: 5 }) })], ({ run, define, warehouse }) =>
      Effect.gen(function* () {
        yield* run()
        const wider = perDay({
          sql: "select day, count(*) as orders, max(amount) as most from raw.orders group by day"
        })
        yield* define([source, wider])
        assert.deepStrictEqual(madeOf((yield* run()).events, "core.per_day"), ["2026-01-01 … 2026-01-31"])
        yield* equalsStatement(warehouse, wider)
        yield* define([source, { ...wider, sql: "select * from raw.orders" }])
        yield* run()
        yield* warehouse.script(
          "alter table raw.orders add column extra integer; update raw.orders set _ingested_at = now()"
        )
        yield* warehouse.run("insert into arrived select 5000, date '2026-01-07', 1, uuid()")
        yield* warehouse.run("alter table arrived add column extra integer")
        yield* Effect.ignore(run())
        const { events } = yield* run({ backfill: { from: "2026-01-07", to: "2026-01-07" }, selection: "core.per_day" })
        assert.deepStrictEqual(madeOf(events, "core.per_day"), ["2026-01-01 … 2026-01-31"])
      })
    )
  )

  it.effect("takes whole days through a table that is made anew, and only those whose rows differ", () => {
    const full: Asset = {
      ...plainAsset,
      key: "core.order",
      kind: "full",
      deps: ["raw.orders"],
      sql: "select id, day, amount, _event_id from raw.orders",
      partitions: daily()
    }
    const late = perDay({
      deps: ["core.order"],
      sql: "select day, count(*) as orders, sum(amount)::bigint as amount from core.order group by day"
    })
    return withOrders([source, full, late], ({ run, arrive, warehouse }) =>
      Effect.gen(function* () {
        yield* run()
        yield* arrive("select 2000, date '2026-01-19', 7, uuid()")
        const { events, made } = yield* run()
        assert.deepStrictEqual(made, ["raw.orders", "core.order", "core.per_day"])
        assert.deepStrictEqual(madeOf(events, "core.per_day"), ["2026-01-19"])
        yield* equalsStatement(warehouse, late)
      })
    )
  })

  it.effect("makes everything again when an input without partitions changed", () => {
    const rate: Asset = { ...plainAsset, key: "core.rate", kind: "full", sql: "select 2 as rate" }
    const joined = perDay({
      deps: ["raw.orders", "core.rate"],
      sql: "select day, count(*) as orders, sum(amount * rate)::bigint as amount from raw.orders cross join core.rate group by day"
    })
    return withOrders([source, rate, joined], ({ run, define, warehouse }) =>
      Effect.gen(function* () {
        yield* run()
        yield* define([source, { ...rate, sql: "select 1 + 1 as rate" }, joined])
        assert.deepStrictEqual((yield* run()).made, ["core.rate"], "the same rows make nothing stale")
        yield* define([source, { ...rate, sql: "select 3 as rate" }, joined])
        assert.deepStrictEqual(madeOf((yield* run()).events, "core.per_day"), ["2026-01-01 … 2026-01-31"])
        yield* equalsStatement(warehouse, joined)
      })
    )
  })
})

describe("partitions by key", () => {
  const byRegion = (partitions: Asset["partitions"]): Asset => ({
    ...plainAsset,
    key: "core.region",
    kind: "incremental_by_time_range",
    deps: ["raw.orders"],
    sql: "select (['华东', '华南', 'a''b', '\u{1f600}'])[1 + (id % 4)::integer] as region, count(*) as n from raw.orders group by all",
    grain: ["region"],
    ...(partitions === undefined ? {} : { partitions })
  })

  it.effect("holds the listed keys of a static asset and leaves out others", () => {
    const asset = byRegion({ type: "static", by: "region", keys: ["a'b", "华东", "\u{1f600}"], batch: 2 })
    return withOrders([source, asset], ({ run, warehouse }) =>
      Effect.gen(function* () {
        const { events } = yield* run()
        assert.strictEqual(events.filter(({ type }) => type === "materialized").length, 3)
        assert.deepStrictEqual(yield* warehouse.query("select region, n from core.region order by region"), [
          { region: "a'b", n: 77 },
          { region: "华东", n: 78 },
          { region: "\u{1f600}", n: 77 }
        ])
      })
    )
  })

  it.effect("finds new keys of a dynamic asset, and backfills one alone", () => {
    const regional: Asset = {
      ...source,
      partitions: {
        type: "dynamic",
        by: "(['华东', '华南', 'a''b', '\u{1f600}', 'new'])[1 + if(id < 1000, id % 4, 4)::integer]"
      }
    }
    const asset: Asset = {
      ...byRegion({ type: "dynamic", by: "region" }),
      sql: "select (['华东', '华南', 'a''b', '\u{1f600}', 'new'])[1 + if(id < 1000, id % 4, 4)::integer] as region, count(*) as n from raw.orders group by all"
    }
    return withOrders([regional, asset], ({ run, warehouse, arrive }) =>
      Effect.gen(function* () {
        assert.deepStrictEqual(madeOf((yield* run()).events, "core.region"), ["all partitions"])
        yield* arrive("select 1000, date '2026-01-19', 7, uuid()")
        assert.deepStrictEqual(madeOf((yield* run()).events, "core.region"), ["new"])
        yield* equalsStatement(warehouse, asset)
        const backfill = { from: "华东", to: "华东" }
        assert.deepStrictEqual(madeOf((yield* run({ selection: "core.region", backfill })).events, "core.region"), [
          "华东"
        ])
        assert.deepStrictEqual((yield* run()).made, [])
      })
    )
  })
})
