import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import type { Asset } from "#pipelines/engine/Asset.ts"
import { plainAsset } from "../openEngine.ts"
import { daily, madeOf, source, withOrders } from "./lateOrders.ts"

describe("incremental_by_unique_key", () => {
  const newest = (more: Partial<Asset> = {}): Asset => ({
    ...plainAsset,
    key: "core.customer",
    kind: "incremental_by_unique_key",
    deps: ["raw.orders"],
    sql: "select id % 7 as customer, day, max(amount) as amount from raw.orders group by all",
    grain: ["customer"],
    partitions: daily(),
    ...more
  })
  const oracle =
    "select customer, day, amount from (select id % 7 as customer, day, max(amount) as amount from raw.orders group by all) qualify row_number() over (partition by customer order by day desc) = 1"

  it.effect("keeps the newest row of each key whatever order days arrive in", () =>
    withOrders([source, newest({ partitions: daily({ batch: 4 }) })], ({ run, arrive, warehouse, engine }) =>
      Effect.gen(function* () {
        const same = Effect.gen(function* () {
          const rows = yield* warehouse.query("select customer, day, amount from core.customer order by customer")
          assert.deepStrictEqual(rows, yield* warehouse.query(`from (${oracle}) order by customer`))
          assert.strictEqual((yield* engine.facts)[1]!.made!.rows, 7)
        })
        yield* run()
        yield* same
        yield* arrive("select 700, date '2026-01-02', 999999, uuid()")
        assert.deepStrictEqual(madeOf((yield* run()).events, "core.customer"), ["2026-01-02"])
        yield* same
        yield* arrive("select 701, date '2026-01-31', 999999, uuid()")
        yield* run()
        yield* same
      })
    )
  )

  it.effect("merges all rows by key where it has no partitions, keeping keys that are gone and empty ones", () => {
    const { partitions: _, ...rest } = newest()
    const asset = {
      ...rest,
      sql: "select nullif(id % 7, 3) as customer, count(*) as n from raw.orders where id >= 1000 or id < 300 group by all"
    }
    return withOrders([{ ...source }, asset], ({ run, arrive, define, warehouse }) =>
      Effect.gen(function* () {
        yield* run()
        yield* arrive("select 1003, date '2026-01-02', 1, uuid()")
        yield* run()
        assert.deepStrictEqual(
          yield* warehouse.query(
            "select count(*) as n, count(distinct customer) as keys, sum(n)::bigint as orders from core.customer"
          ),
          [{ n: 7, keys: 6, orders: 301 }]
        )
        yield* define([source, { ...asset, grain: [] }])
        const [failure] = (yield* run()).failed
        assert.match(String(failure?.error), /unique key/)
      })
    )
  })
})
