/**
 * What does the engine cost over the same SQL by hand, on a CRM of 20 assets?
 *
 * Workload, exact enough for another engine. N events. Every value is `hash(i * k)`, so all engines get the same rows.
 * raw (4):   accounts N/100, contacts N/50, orders N/5, events N: `select i as id, hash(i * k) % m as c...` over `range(rows)`, no inputs.
 * staging (4): one a raw table: keeps rows with `c0 % 10 <> 3`, doubles `c1`.
 * intermediate (5): account_orders, account_events, contact_events, order_events (grouped by key: count, sum, max), account_360 (left
 *   join of the first two on the account).
 * facts (2): fact_sales (orders join account_360), fact_touch (events join contact_events).
 * marts (4): by region, by month, by segment (group by on a fact), top customers (order by, limit 1000).
 * export (1): union of the first three marts.
 * Measured in CPU seconds (user + system, all threads) of this process, after its modules are loaded: the plain statements one after the
 * other as `create or replace table`; a full run; a run with nothing to do; one edited asset (facts) with what follows; failure at asset
 * 13 (a blocking check) and the run after it was mended, with the number of assets made again; peak resident memory.
 *
 * Run: node bench/crm20.ts [events ...]     (default 1000 1000000)
 */
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { NodeServices } from "@effect/platform-node"
import { DuckDBInstance } from "@duckdb/node-api"
import { Effect, Layer, Ref } from "effect"
import { Home } from "#core/home/Home.ts"
import { Records } from "#core/records/Records.ts"
import { Warehouse } from "#core/warehouse/Warehouse.ts"
import type { Asset } from "#pipelines/engine/Asset.ts"
import { Definitions } from "#pipelines/engine/Definitions.ts"
import { Engine } from "#pipelines/engine/Engine.ts"
import { Makers } from "#pipelines/engine/Makers.ts"
import { engineMigrations } from "#pipelines/engine/migrations.ts"
import { Runs } from "#pipelines/engine/Runs.ts"
import { openScans } from "../tests/pipelines/engine/openScans.ts"

const asset = (key: string, deps: ReadonlyArray<string>, sql: string): Asset => ({
  key,
  kind: "full",
  group: key.split(".")[0]!,
  owners: [],
  description: { en: key, zh: key },
  deps,
  sql,
  grain: ["id"],
  checks: []
})

const generated = (rows: number): string =>
  `select i as id, (hash(i * 7) % 1000)::bigint as c0, (hash(i * 11) % 100000)::bigint as c1, (hash(i * 13) % 12)::bigint as c2,
   (hash(i * 17) % greatest(1, ${rows} // 10))::bigint as parent, uuid() as _event_id from range(${rows}) as r(i)`

function crm20(n: number): ReadonlyArray<Asset> {
  const sizes = { accounts: n / 100, contacts: n / 50, orders: n / 5, events: n }
  const names = Object.keys(sizes) as ReadonlyArray<keyof typeof sizes>
  const raw = names.map((name) => asset(`raw.${name}`, [], generated(Math.max(10, Math.floor(sizes[name])))))
  const staging = names.map((name) =>
    asset(
      `core.${name}`,
      [`raw.${name}`],
      `select id, c0, c1 * 2 as c1, c2, parent, _event_id from raw.${name} where c0 % 10 <> 3`
    )
  )
  const grouped = (name: string, from: string, key: string): Asset =>
    asset(
      `feature.${name}`,
      [from],
      `select ${key} as id, count(*) as n, sum(c1) as s, max(c0) as m from ${from} group by ${key}`
    )
  return [
    ...raw,
    ...staging,
    grouped("account_orders", "core.orders", "parent % 1000"),
    grouped("account_events", "core.events", "parent % 1000"),
    grouped("contact_events", "core.events", "parent"),
    grouped("order_events", "core.events", "c1"),
    asset(
      "feature.account_360",
      ["core.accounts", "feature.account_orders", "feature.account_events"],
      `select a.id, a.c2 as region, o.s as spend, e.n as touches from core.accounts a
       left join feature.account_orders o using (id) left join feature.account_events e using (id)`
    ),
    asset(
      "feature.fact_sales",
      ["core.orders", "feature.account_360"],
      `select o.id, o.c1 as amount, o.c2 as month, a.region from core.orders o left join feature.account_360 a on a.id = o.parent`
    ),
    asset(
      "feature.fact_touch",
      ["core.events", "feature.contact_events"],
      `select e.id, e.c0 % 20 as segment, e.c2 as month, c.n from core.events e join feature.contact_events c on c.id = e.parent`
    ),
    ...(["region", "month"] as const).map((by) =>
      asset(
        `feature.mart_${by}`,
        ["feature.fact_sales"],
        `select ${by} as id, count(*) as n, sum(amount) as s from feature.fact_sales group by ${by}`
      )
    ),
    asset(
      "feature.mart_segment",
      ["feature.fact_touch"],
      "select segment as id, count(*) as n, sum(n) as s from feature.fact_touch group by segment"
    ),
    asset(
      "feature.mart_top",
      ["feature.fact_sales"],
      "select id, amount from feature.fact_sales order by amount desc, id limit 1000"
    ),
    asset(
      "feature.export",
      ["feature.mart_region", "feature.mart_month", "feature.mart_segment"],
      "select 'region' as mart, * from feature.mart_region union all select 'month', * from feature.mart_month union all select 'segment', * from feature.mart_segment"
    )
  ]
}

const cpu = (): number => {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1e6
}
const timed = <A, E, R>(effect: Effect.Effect<A, E, R>) =>
  Effect.gen(function* () {
    const begun = cpu()
    const value = yield* effect
    return { value, seconds: cpu() - begun }
  })

async function plainly(assets: ReadonlyArray<Asset>, folder: string): Promise<number> {
  const instance = await DuckDBInstance.create(join(folder, "plain.duckdb"))
  const connection = await instance.connect()
  for (const schema of ["raw", "core", "feature"]) await connection.run(`create schema ${schema}`)
  const begun = cpu()
  for (const { key, sql } of assets) await connection.run(`create or replace table ${key} as ${String(sql)}`)
  const seconds = cpu() - begun
  connection.closeSync()
  instance.closeSync()
  return seconds
}

async function measure(n: number): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "assay-crm20-"))
  const assets = crm20(n)
  const plain = await plainly(assets, folder)
  const program = Effect.gen(function* () {
    const definitions = yield* Ref.make(assets)
    const ports = Layer.mergeAll(
      Layer.succeed(Definitions, Definitions.of({ load: Ref.get(definitions) })),
      Layer.succeed(Makers, Makers.of({ land: () => Effect.die("none"), release: () => Effect.die("none") }))
    )
    const layer = Engine.layer.pipe(
      Layer.provideMerge(openScans),
      Layer.provideMerge(ports),
      Layer.provideMerge(
        Layer.mergeAll(
          Warehouse.layer({ path: join(folder, "w.duckdb"), spill: folder, directories: [folder] }),
          Runs.layer
        )
      ),
      Layer.provideMerge(Layer.mergeAll(Records.layer(join(folder, "r.sqlite"), engineMigrations), Home.layer(folder))),
      Layer.provideMerge(NodeServices.layer)
    )
    return yield* Effect.gen(function* () {
      const engine = yield* Engine
      const run = timed(engine.run({ selection: "", asOf: "2026-11-22", onEvent: () => undefined }))
      const full = yield* run
      const idle = yield* run
      const edit = (change: (one: Asset) => Asset) =>
        Ref.set(
          definitions,
          assets.map((one, i) => (i === 13 ? change(one) : one))
        )
      yield* edit((one) => ({ ...one, sql: String(one.sql).replace("o.c1 as amount", "o.c1 + 1 as amount") }))
      const edited = yield* run
      const failing = { name: "never", severity: "block", failing: "select null::uuid as _event_id" } as const
      yield* edit((one) => ({
        ...one,
        checks: [failing],
        sql: String(one.sql).replace("o.c1 as amount", "o.c1 + 2 as amount")
      }))
      const failed = yield* run
      yield* edit((one) => ({ ...one, sql: String(one.sql).replace("o.c1 as amount", "o.c1 + 2 as amount") }))
      const resumed = yield* run
      return { full, idle, edited, failed, resumed }
    }).pipe(Effect.provide(layer))
  })
  const { full, idle, edited, failed, resumed } = await Effect.runPromise(program)
  rmSync(folder, { recursive: true })
  const line = (what: string, seconds: number, note: string): void =>
    console.log(
      `${n.toLocaleString("en").padStart(10)}  ${what.padEnd(28)} ${seconds.toFixed(3).padStart(8)} CPU s  ${note}`
    )
  line("plain SQL", plain, "")
  line("full run", full.seconds, `${full.value.made.length} made, ratio ${(full.seconds / plain).toFixed(2)}`)
  line("nothing to do", idle.seconds, `${idle.value.made.length} made`)
  line("one edit", edited.seconds, `${edited.value.made.length} made`)
  line(
    "failure at asset 14",
    failed.seconds,
    `${failed.value.failed.length} failed, ${failed.value.blocked.length} not tried`
  )
  line("mended", resumed.seconds, `${resumed.value.made.length} made`)
  console.log(`            peak resident memory so far  ${Math.round(process.resourceUsage().maxRSS / 1024)} MB`)
}

const sizes = process.argv.slice(2).map(Number)
for (const n of sizes.length > 0 ? sizes : [1000, 1_000_000]) await measure(n)
