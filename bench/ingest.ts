/**
 * How fast does a CSV file become events, against the engine's own reader filling a table?
 *
 * Workload: one CSV file of about 200 MB, 1,300,000 rows of 12 columns in this order: id (0, 1, 2, ...), name ("customer " and
 * 7 id mod 100,000), token (MD5 of the id), amount (id mod 1,000, one decimal), day (2020-01-01 plus id mod 2,000 days), at (2020-01-01 plus
 * id seconds), city ("city" and id mod 300), state ("SP"), kind (id mod 7), items (id mod 50), remark ("some remark text number "
 * and id mod 5,000), other (31 id). No quotes, no bad rows, no equal rows.
 *
 * `read_csv`: `create table as select * from read_csv(all columns varchar)` into a new database file, then checkpoint.
 * `load`: loadSource into a new home: one pass of our scanner with SHA-256, hand-over as Parquet, event ids by HMAC-SHA256,
 * landing, then checkpoint. `touched`: the same file with a new time, so it is hashed anew and adds nothing.
 * Each runs in turn, `rounds` times; the best is shown. CPU seconds are of the whole process with all engine threads.
 *
 * Run: node bench/ingest.ts [rows] [rounds]
 */
import { mkdtempSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { NodeServices } from "@effect/platform-node"
import { Effect, Layer } from "effect"
import { Home } from "#core/home/Home.ts"
import { Warehouse } from "#core/warehouse/Warehouse.ts"
import { loadSource } from "#pipelines/sources/load/loadSource.ts"
import { readSourceFile } from "#pipelines/sources/readSourceFile.ts"

const rows = Number(process.argv[2] ?? 1_300_000)
const rounds = Number(process.argv[3] ?? 2)
const root = mkdtempSync(join(tmpdir(), "assay-bench-"))
const csv = join(root, "rows.csv")
const names = ["id", "name", "token", "amount", "day", "at", "city", "state", "kind", "items", "remark", "other"]

interface Timing {
  readonly wall: number
  readonly cpu: number
}
const best: Record<string, Timing> = {}

const timed = <A, E, R>(name: string, body: Effect.Effect<A, E, R>): Effect.Effect<A, E, R> =>
  Effect.suspend(() => {
    const started = performance.now()
    const used = process.cpuUsage()
    return Effect.tap(body, () =>
      Effect.sync(() => {
        const { user, system } = process.cpuUsage(used)
        const timing = { wall: (performance.now() - started) / 1000, cpu: (user + system) / 1e6 }
        if (best[name] === undefined || timing.cpu < best[name].cpu) best[name] = timing
      })
    )
  })

const make = Effect.gen(function* () {
  const warehouse = yield* Warehouse
  yield* warehouse.run(
    `copy (select i as id, 'customer ' || (i * 7 % 100000) as name, md5(i::varchar) as token, (i % 1000) / 10.0 as amount,
       date '2020-01-01' + (i % 2000)::integer as day, timestamp '2020-01-01' + to_seconds(i) as at, 'city' || (i % 300) as city,
       'SP' as state, i % 7 as kind, i % 50 as items, 'some remark text number ' || (i % 5000) as remark, i * 31 as other
     from range(${rows}) as t (i)) to '${csv}' (format csv, header true)`
  )
}).pipe(Effect.provide(Warehouse.layer({ path: ":memory:", spill: "", directories: [root] })))

const plain = (round: number) =>
  Effect.gen(function* () {
    const warehouse = yield* Warehouse
    const columns = names.map((name) => `'${name}': 'varchar'`).join(", ")
    yield* timed(
      "read_csv",
      Effect.andThen(
        warehouse.run(
          `create table t as select * from read_csv('${csv}', auto_detect = false, header = true, delim = ',', quote = '"', columns = {${columns}})`
        ),
        warehouse.script("checkpoint")
      )
    )
  }).pipe(
    Effect.provide(Warehouse.layer({ path: join(root, `plain-${round}.duckdb`), spill: root, directories: [root] }))
  )

const ours = (round: number) => {
  const warehouse = Layer.unwrap(
    Effect.map(Home, (home) => Warehouse.layer({ path: home.warehouseFile, spill: home.tmp, directories: [home.tmp] }))
  )
  const layer = warehouse.pipe(
    Layer.provideMerge(Home.layer(join(root, `home-${round}`))),
    Layer.provideMerge(NodeServices.layer)
  )
  return Effect.gen(function* () {
    const source = yield* readSourceFile(join(root, "source.yaml"))
    const { script } = yield* Warehouse
    const load = Effect.tap(loadSource(source), () => script("checkpoint"))
    const first = yield* timed("load", load)
    utimesSync(csv, round + 1, round + 1)
    const again = yield* timed("touched", load)
    if (first.streams[0]?.rowsNew !== rows || again.streams[0]?.rowsNew !== 0) throw new Error("the load is wrong")
  }).pipe(Effect.provide(layer))
}

writeFileSync(
  join(root, "source.yaml"),
  "source: bench\nkind: files\nroot: .\nstreams: [{ stream: rows, path: rows.csv, key: [id] }]\n"
)
try {
  await Effect.runPromise(make)
  const megabytes = statSync(csv).size / 1e6
  for (let round = 0; round < rounds; round++) {
    await Effect.runPromise(plain(round))
    await Effect.runPromise(ours(round))
  }
  process.stdout.write(`${megabytes.toFixed(0)} MB, ${rows} rows, best of ${rounds}\n`)
  for (const [name, { wall, cpu }] of Object.entries(best)) {
    const ratio = (best["read_csv"]!.cpu / cpu).toFixed(2)
    process.stdout.write(
      `${name.padEnd(9)} ${(megabytes / wall).toFixed(0).padStart(4)} MB/s  ${wall.toFixed(2)} s wall  ` +
        `${cpu.toFixed(2)} cpu-s  ${ratio} of read_csv per cpu-second\n`
    )
  }
} finally {
  rmSync(root, { recursive: true, force: true })
}
