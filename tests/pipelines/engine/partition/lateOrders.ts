import { assert } from "@effect/vitest"
import { Effect } from "effect"
import type { Asset } from "#pipelines/engine/Asset.ts"
import type { RunEvent } from "#pipelines/engine/RunEvent.ts"
import { rangeInWords } from "#pipelines/engine/partition/partitionKeys.ts"
import { openEngine, plainAsset } from "../openEngine.ts"
import type { EngineTools } from "../openEngine.ts"

/** Orders of January 2026, some on each day, in a table that tests add to. */
const rawRows = `select i as id, date '2026-01-01' + (i % 31)::integer as day, i * 10 as amount, uuid() as _event_id from range(310) as r(i)`
export const daily = (more: object = {}) => ({ type: "daily", by: "day", start: "2026-01-01", ...more }) as const

export const source: Asset = { ...plainAsset, key: "raw.orders", kind: "source", partitions: daily() }
export const perDay = (more: Partial<Asset> = {}): Asset => ({
  ...plainAsset,
  key: "core.per_day",
  kind: "incremental_by_time_range",
  deps: ["raw.orders"],
  sql: "select day, count(*) as orders, sum(amount)::bigint as amount from raw.orders group by day -- each day of its own",
  grain: ["day"],
  partitions: daily(),
  ...more
})
/** An engine whose source is the table `main.arrived`; what is put there lands with the next run. */
export const withOrders = <A, E>(
  assets: ReadonlyArray<Asset>,
  body: (tools: EngineTools & { arrive: (rows: string) => Effect.Effect<unknown, unknown> }) => Effect.Effect<A, E>
) => {
  let tools: EngineTools | undefined
  let landed = 0
  return openEngine(
    assets,
    (given) =>
      Effect.gen(function* () {
        tools = given
        yield* given.warehouse.script(`create table arrived as select * from (${rawRows});
          create table raw.orders as select *, timestamp '2026-02-01' as _ingested_at from arrived limit 0`)
        return yield* body({ ...given, arrive: (rows) => given.warehouse.run(`insert into arrived ${rows}`) })
      }),
    () =>
      Effect.gen(function* () {
        const { warehouse } = tools!
        const [before] = yield* warehouse.query<{ n: number }>("select count(*) as n from raw.orders")
        // The test clock stands still, so landings are told apart by hand.
        yield* warehouse.script(
          `insert into raw.orders select *, timestamp '1970-01-01' + interval (${landed++}) hour from arrived where id not in (select id from raw.orders)`
        )
        const [after] = yield* warehouse.query<{ n: number }>("select count(*) as n from raw.orders")
        yield* warehouse.script(
          "update raw.orders set _ingested_at = timestamp '1969-01-01' where _ingested_at < (select max(_ingested_at) from raw.orders)"
        )
        const facts = { dataVersion: `rows ${after!.n}`, rows: after!.n, notices: [] }
        return { ...facts, changed: after!.n > before!.n }
      })
  )
}

export const madeOf = (events: ReadonlyArray<RunEvent>, key: string): ReadonlyArray<string> =>
  events.flatMap((event) =>
    event.type === "materialized" && event.asset === key
      ? (event.partitions ?? []).map((range) => rangeInWords(range).en)
      : []
  )

/** The asset holds what its statement yields now. */
export const equalsStatement = (warehouse: EngineTools["warehouse"], asset: Asset) =>
  Effect.gen(function* () {
    const sql = String(asset.sql).replace(/ --.*/, "")
    const [row] = yield* warehouse.query<{ n: number }>(
      `select (select count(*) from (from ${asset.key} except all (${sql}))) + (select count(*) from ((${sql}) except all from ${asset.key})) as n`
    )
    assert.strictEqual(row!.n, 0, `${asset.key} is not what its statement yields`)
  })
