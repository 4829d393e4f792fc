/**
 * What does record lineage cost when assets are made, and how fast is a trace? And how fast is column lineage?
 *
 * Workload: raw.events of `events` rows: contact_id (hash(i) mod 100,000), kind (hash(7 i) mod 5), amount (hash(3 i) mod 1,000), _event_id (the 128
 * bits of md5(i)); raw.contacts of 100,000 rows: contact_id (i), region (i mod 31), _event_id (md5('c' || i)). Then
 *   core.event     kind <> 3                                       row by row
 *   core.touch     core.event join raw.contacts using (contact_id)  row by row, no id of its own
 *   feature.contact  sum and count by contact_id, region            invertible
 *   feature.region   sum and count by region                        invertible, over feature.contact
 * Nothing is captured for these: the tables are made by their own SQL and nothing else, and `back` and `forward` replay it. `carried` is
 * what it costs where a statement must carry _event_id itself (a deduplication): CPU seconds to make the four tables with _event_id in
 * core.event, against the same SQL without; `rounds` times in turn, the best of each.
 * `chosen`: a deduplication that carries no id, made with the events of each row beside it, against the same SQL without.
 * `back`: the events behind one row of feature.contact, median and worst of 50 contacts
 * (about 16 events each), whole trace from the verb's side: plan, rewriting, query. `forward`: one event to every row made from it.
 * `column`: bind and walk the truth set of hard statements, 24 rounds of which the first is left out: milliseconds a statement by the clock and of
 * processor time (all threads), each as p50, p99 and the worst of all.
 *
 * Run: node bench/trace.ts [events] [rounds]
 */
import { mkdtempSync, readFileSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { Effect } from "effect"
import { Warehouse } from "#core/warehouse/Warehouse.ts"
import type { Asset } from "#pipelines/engine/Asset.ts"
import { assetGraph } from "#pipelines/engine/AssetGraph.ts"
import { columnsOf } from "#pipelines/engine/makeAsset.ts"
import { bindAssets } from "#pipelines/lineage/bindAssets.ts"
import { bindStatement } from "#pipelines/lineage/bindStatement.ts"
import { columnLineage } from "#pipelines/lineage/columnLineage.ts"
import { schemaTwin } from "#pipelines/lineage/schemaTwin.ts"
import { provenanceSql } from "#pipelines/lineage/provenanceSql.ts"
import { traceBack } from "#pipelines/lineage/traceBack.ts"
import { traceForward } from "#pipelines/lineage/traceForward.ts"

const events = Number(process.argv[2] ?? 2_000_000)
const rounds = Number(process.argv[3] ?? 3)
const root = mkdtempSync(join(tmpdir(), "assay-trace-"))

const raws = [
  `create table raw.events as select (hash(i) % 100000)::bigint as contact_id, (hash(i * 7) % 5)::integer as kind,
     (hash(i * 3) % 1000)::bigint as amount, md5(i::varchar)::uuid as _event_id from range(${events}) as t (i)`,
  `create table raw.contacts as select i as contact_id, (i % 31)::integer as region, md5('c' || i)::uuid as _event_id from range(100000) as t (i)`
]
const steps = (id: string): ReadonlyArray<readonly [string, ReadonlyArray<string>, string]> => [
  ["core.event", ["raw.events"], `select contact_id, kind, amount${id} from raw.events where kind <> 3`],
  [
    "core.touch",
    ["core.event", "raw.contacts"],
    "select e.contact_id, c.region, e.kind, e.amount from core.event as e join raw.contacts as c using (contact_id)"
  ],
  [
    "feature.contact",
    ["core.touch"],
    "select contact_id, region, sum(amount)::bigint as amount, count(*) as n from core.touch group by all"
  ],
  [
    "feature.region",
    ["feature.contact"],
    "select region, sum(amount)::bigint as amount, sum(n)::bigint as n from feature.contact group by all"
  ]
]
const plain = { owners: [], group: "bench", description: { en: "", zh: "" }, checks: [] }

const make = Effect.fnUntraced(function* (warehouse: Warehouse["Service"], id: string) {
  for (const [key] of steps(id)) yield* warehouse.run(`drop table if exists ${key}`)
  yield* warehouse.script("checkpoint")
  const used = process.cpuUsage()
  for (const [key, , sql] of steps(id)) yield* warehouse.run(`create table ${key} as ${sql}`)
  yield* warehouse.script("checkpoint")
  const { user, system } = process.cpuUsage(used)
  return (user + system) / 1e6
})

const timed = Effect.fnUntraced(function* <A, E, R>(body: Effect.Effect<A, E, R>) {
  const started = performance.now()
  const result = yield* body
  return { millis: performance.now() - started, result }
})

/** The newest event of each contact, without its id: what cannot be replayed by keys, so its events are kept beside it. */
const newest =
  "select contact_id, kind, amount from raw.events qualify row_number() over (partition by contact_id order by amount desc, _event_id) = 1"

const used = Effect.fnUntraced(function* <A, E, R>(body: Effect.Effect<A, E, R>) {
  const before = process.cpuUsage()
  yield* body
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1e6
})

const captured = Effect.fnUntraced(function* (
  warehouse: Warehouse["Service"],
  bound: Effect.Success<ReturnType<typeof bindAssets>>,
  create: string
) {
  const sql = yield* provenanceSql(warehouse, bound, "core.last", { once: true })
  return yield* used(warehouse.run(`${create} ${sql}`))
})

const median = (values: ReadonlyArray<number>): number => [...values].sort((a, b) => a - b)[values.length >> 1]!

const traces = Effect.gen(function* () {
  const warehouse = yield* Warehouse
  for (const sql of raws) yield* warehouse.run(sql)
  const cost = { with: Number.POSITIVE_INFINITY, without: Number.POSITIVE_INFINITY }
  for (let i = 0; i < rounds; i++) {
    cost.with = Math.min(cost.with, yield* make(warehouse, ", _event_id"))
    cost.without = Math.min(cost.without, yield* make(warehouse, ""))
  }
  console.log(
    `carried  ${cost.with.toFixed(2)} CPU-s with, ${cost.without.toFixed(2)} without: x${(cost.with / cost.without).toFixed(3)}`
  )
  const assets: ReadonlyArray<Asset> = [
    ...["raw.events", "raw.contacts"].map((key): Asset => ({ ...plain, key, kind: "source", deps: [], grain: [] })),
    ...steps("").map(([key, deps, sql]): Asset => ({ ...plain, key, kind: "full", deps, sql, grain: [] })),
    { ...plain, key: "core.last", kind: "full", deps: ["raw.events"], sql: newest, grain: [] }
  ]
  const graph = assetGraph(assets)
  const known = new Map<string, ReadonlyArray<{ name: string; type: string }>>()
  for (const key of ["raw.events", "raw.contacts"]) known.set(key, yield* columnsOf(key))
  const bound = yield* bindAssets(graph.order, known)
  const back: Array<number> = []
  let found = 0
  let last = ""
  for (let i = 0; i < 51; i++) {
    const contact = String((i * 7919) % 100_000)
    const { millis, result } = yield* timed(traceBack(warehouse, bound, "feature.contact", { contact_id: contact }))
    if (i > 0) back.push(millis)
    found += result.events.length
    last = result.events.at(-1) ?? last
  }
  console.log(
    `back     median ${median(back).toFixed(1)} ms, worst ${Math.max(...back).toFixed(1)} ms, ${(found / 51).toFixed(1)} events each`
  )
  const follow = timed(traceForward(warehouse, bound, graph, (key) => key !== "core.last", [last]))
  const cpu = yield* used(Effect.flatMap(follow, () => follow))
  const forward = yield* Effect.forEach(Array.from({ length: 9 }), () => follow)
  console.log(
    `forward  median ${median(forward.map(({ millis }) => millis)).toFixed(0)} ms, ${(500 * cpu).toFixed(0)} CPU-ms, into ${forward[0]!.result.length} assets`
  )
  const before = captured(warehouse, bound, "create or replace table core.last as")
  const costs = { with: Number.POSITIVE_INFINITY, without: Number.POSITIVE_INFINITY }
  for (let i = 0; i < rounds; i++) {
    costs.without = Math.min(
      costs.without,
      yield* used(warehouse.run(`create or replace table core.last as ${newest}`))
    )
    costs.with = Math.min(costs.with, yield* before)
  }
  console.log(
    `chosen   ${costs.with.toFixed(2)} CPU-s with the events of each row, ${costs.without.toFixed(2)} without: x${(costs.with / costs.without).toFixed(3)}`
  )
}).pipe(Effect.provide(Warehouse.layer({ path: join(root, "bench.duckdb"), spill: root, directories: [root] })))

const columns = Effect.gen(function* () {
  const warehouse = yield* Warehouse
  yield* warehouse.script(`
    create table core.ev (id bigint, cust varchar, kind varchar, amt bigint, ts timestamp, tags varchar[], info struct(a integer, b varchar));
    create table core.cu (cust varchar, region varchar, since timestamp);
    create table core.pr (code varchar, parent varchar, price bigint);
    create view core.v as select cust, amt * 2 as dbl from core.ev where kind = 'x';
    create macro core.plus(x) as x + 1;`)
  const file = new URL("../tests/pipelines/lineage/columnTruth.json", import.meta.url)
  const truths = JSON.parse(readFileSync(file, "utf8")) as ReadonlyArray<{ sql: string; columns: object }>
  const [wall, processor]: [Array<number>, Array<number>] = [[], []]
  for (let i = 0; i < 24; i++) {
    for (const { sql, columns } of truths) {
      const before = process.cpuUsage()
      const one = yield* timed(
        Effect.map(bindStatement(warehouse, "bench", sql), (plan) => columnLineage(plan, Object.keys(columns)))
      )
      const { user, system } = process.cpuUsage(before)
      if (i === 0) continue
      wall.push(one.millis)
      processor.push((user + system) / 1000)
    }
  }
  for (const [name, values] of Object.entries({ "by the clock": wall, "of processor time": processor })) {
    const sorted = values.toSorted((a, b) => a - b)
    const at = (share: number): string => sorted[Math.ceil(share * sorted.length) - 1]!.toFixed(2)
    console.log(
      `column   ${name}: p50 ${at(0.5)} ms, p99 ${at(0.99)} ms, most ${at(1)} ms (${truths.length} statements, ${sorted.length} times)`
    )
  }
}).pipe(Effect.provide(schemaTwin))

await Effect.runPromise(
  Effect.ensuring(
    Effect.andThen(columns, traces),
    Effect.sync(() => rmSync(root, { recursive: true, force: true }))
  )
)
