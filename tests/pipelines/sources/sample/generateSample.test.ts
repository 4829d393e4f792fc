import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { Warehouse } from "#core/warehouse/Warehouse.ts"
import { generateSample } from "#pipelines/sources/sample/generateSample.ts"
import { codeColumns } from "#pipelines/sources/sample/Sampler.ts"
import { numbers, sampleOf, usual } from "./sampleOf.ts"

const streams = [...Object.keys(codeColumns), "products"]

/** A digest of every row of every stream in the order of the tables. */
const digest = (warehouse: Warehouse["Service"]) =>
  Effect.forEach(streams, (stream) =>
    Effect.map(
      warehouse.query<{ d: string }>(
        `select sha256(string_agg(t::varchar, chr(10) order by rowid)) as d from _stage.sample__${stream} as t`
      ),
      (rows) => `${stream} ${rows[0]!.d}`
    )
  )

describe("generateSample", () => {
  it.effect("gives the same tables for the same seed, day and number of subjects, even in one process", () =>
    Effect.gen(function* () {
      const small = { ...usual, subjects: 200 }
      const first = yield* sampleOf(small, digest)
      assert.deepStrictEqual(yield* sampleOf(small, digest), first)
      assert.strictEqual(new Set(first).size, streams.length)
      const others = [
        { ...small, seed: 8 },
        { ...small, asOf: "2026-04-01" },
        { ...small, subjects: 201 }
      ]
      for (const other of others) {
        const digests = yield* sampleOf(other, digest)
        assert.notStrictEqual(digests[streams.indexOf("interactions")], first[streams.indexOf("interactions")])
        assert.notStrictEqual(digests[streams.indexOf("accounts")], first[streams.indexOf("accounts")])
      }
    })
  )

  it.effect("replaces an earlier sample, reports its rows and ends its progress at 1", () =>
    Effect.gen(function* () {
      const shares: Array<number> = []
      yield* generateSample({ ...usual, subjects: 50 }, () => {})
      const staged = yield* generateSample(usual, (share) => shares.push(share))
      const warehouse = yield* Warehouse
      for (const { stream, rows } of staged) {
        const { n } = yield* numbers(warehouse, `select count(*) as n from _stage.sample__${stream}`)
        assert.strictEqual(n, rows)
        assert.isAbove(rows, 0)
      }
      assert.deepStrictEqual(staged.map((s) => s.stream).sort(), streams.toSorted())
      assert.strictEqual(shares.at(-1), 1)
      const { left } = yield* numbers(
        warehouse,
        "select count(*) as left from duckdb_tables() where table_name like 'sample_codes_%'"
      )
      assert.strictEqual(left, 0)
    }).pipe(Effect.provide(Warehouse.memory))
  )

  it.effect("has as many account numbers as subjects, whatever is doubled", () =>
    sampleOf(usual, (warehouse) =>
      Effect.gen(function* () {
        const found = yield* numbers(
          warehouse,
          `select count(distinct account_id) as subjects, count(distinct account_id) filter (kind = 'individual') as buyers
          from _stage.sample__accounts`
        )
        assert.deepStrictEqual(found, { subjects: 500, buyers: 300 })
      })
    )
  )

  it.effect("refers only to records that exist", () =>
    sampleOf(usual, (warehouse) =>
      Effect.gen(function* () {
        const references = [
          ["contacts", "account_id", "accounts"],
          ["leads", "opportunity_id", "opportunities"],
          ["opportunities", "contact_id", "contacts"],
          ["opportunities", "product_id", "products"],
          ["orders", "account_id", "accounts"],
          ["order_lines", "order_id", "orders"],
          ["order_lines", "product_id", "products"],
          ["subscriptions", "product_id", "products"],
          ["tickets", "contact_id", "contacts"],
          ["interactions", "account_id", "accounts"],
          ["interactions", "contact_id", "contacts"],
          ["interactions", "opportunity_id", "opportunities"],
          ["interactions", "order_id", "orders"],
          ["interactions", "ticket_id", "tickets"],
          ["interactions", "subscription_id", "subscriptions"],
          ["grants", "account_id", "accounts"]
        ] as const
        for (const [from, key, to] of references) {
          const { referring, lost } = yield* numbers(
            warehouse,
            `select count(${key}) as referring, count(${key}) filter (${key} not in (select ${key} from _stage.sample__${to})) as lost
            from _stage.sample__${from}`
          )
          assert.strictEqual(lost, 0, `${from}.${key}`)
          assert.isAbove(referring!, 0, `${from}.${key}`)
        }
      })
    )
  )

  it.effect("keeps an order's amount equal to the sum of its lines", () =>
    sampleOf(usual, (warehouse) =>
      Effect.gen(function* () {
        const { orders, wrong } = yield* numbers(
          warehouse,
          `with line as (select distinct order_id, line_number, amount from _stage.sample__order_lines),
          total as (select order_id, sum(amount::decimal(18, 2)) as amount from line group by order_id)
          select count(*) as orders, count(*) filter (o.amount::decimal(18, 2) <> total.amount) as wrong
          from _stage.sample__orders as o join total using (order_id) where o.amount not like '¥%'`
        )
        assert.strictEqual(wrong, 0)
        assert.isAbove(orders!, 1000)
      })
    )
  )

  it.effect("lets nothing happen on the day it is dated back from or later, except what is planned", () =>
    sampleOf(usual, (warehouse) =>
      Effect.gen(function* () {
        const times = yield* warehouse.query<{ t: string; c: string }>(
          `select table_name as t, column_name as c from duckdb_columns() where schema_name = '_stage'
          and column_name similar to '.*_at' and column_name not in ('expected_close_at', 'promised_at', 'renews_at', 'expires_at')`
        )
        assert.isAbove(times.length, 15)
        for (const { t, c } of times) {
          const { late } = yield* numbers(
            warehouse,
            `select count(*) as late from _stage.${t} where ${c} >= '2026-03-31' and ${c} not like '%/%'
            or try_strptime(${c}, '%Y/%-m/%-d %H:%M') >= timestamp '2026-03-31'`
          )
          assert.strictEqual(late, 0, `${t}.${c}`)
        }
        const { planned } = yield* numbers(
          warehouse,
          "select count(*) as planned from _stage.sample__subscriptions where renews_at >= '2026-03-31'"
        )
        assert.isAbove(planned!, 0)
      })
    )
  )

  it.effect("holds nothing but text", () =>
    sampleOf({ ...usual, subjects: 20 }, (warehouse) =>
      Effect.gen(function* () {
        const types = yield* warehouse.query(
          "select distinct data_type from duckdb_columns() where schema_name = '_stage'"
        )
        assert.deepStrictEqual(types, [{ data_type: "VARCHAR" }])
      })
    )
  )

  it.effect("refuses a day that is none and a number of subjects that makes no sense", () =>
    Effect.gen(function* () {
      for (const asOf of ["2026-02-31", "2026-3-1", "yesterday", "", "2026-03-31T10:00:00Z"]) {
        const error = yield* Effect.flip(generateSample({ ...usual, asOf }, () => {}))
        assert.propertyVal(error, "code", "sample.as_of")
      }
      for (const subjects of [0, 9, -5, 20.5, Number.NaN, 1e12]) {
        const error = yield* Effect.flip(generateSample({ ...usual, subjects }, () => {}))
        assert.propertyVal(error, "code", "sample.subjects")
      }
    }).pipe(Effect.provide(Warehouse.memory))
  )
})
