/**
 * What does the engine cost over the same SQL by hand, on a CRM of 20 assets, and what do reruns, repairs and backfills cost?
 *
 * The workload is `crm20` in `bench/crm20Assets.ts`. Every part runs in a process of its own on an empty folder; what is measured are CPU seconds (user and
 * system, all threads) from after the modules are loaded and the databases opened, and the peak resident memory of the process.
 *
 * plain: the statements one after the other as `create or replace table`, and for the backfill, 100 days of `core.events` in ten transactions of ten days, each
 * `delete` and `insert ... select` with the statement under a condition on the day.
 * engine: a full run; a look at what is to be made (nothing); a run with nothing to do; one edit of `fact_sales`; `core.events` backfilled in batches of ten days
 * after `raw.events` was made with other values. In another home: a full run whose 13th asset fails a blocking check, and the resume after it was
 * mended, with the number of assets made again.
 * bare: plain, without the event ids in the staged tables: what record-level lineage costs.
 *
 * Run: node bench/crm20.ts [events ...] [--rounds N]     (default 1000 1000000, 3 rounds)
 */
import { spawnSync } from "node:child_process"
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { DuckDBInstance } from "@duckdb/node-api"
import { Effect } from "effect"
import type { Asset } from "#pipelines/engine/Asset.ts"
import { Engine } from "#pipelines/engine/Engine.ts"
import { crm20, crm20AsOf, crm20Thirteenth } from "./crm20Assets.ts"
import { crm20Engine } from "./crm20Engine.ts"

interface Part {
  readonly seconds: Readonly<Record<string, number>>
  readonly made: Readonly<Record<string, number>>
  readonly megabytes: number
}

const cpu = (): number => {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1e6
}

const memory = (): number => Math.round(process.resourceUsage().maxRSS / 1024)

const otherValues = (assets: ReadonlyArray<Asset>): ReadonlyArray<Asset> =>
  assets.map((one) =>
    one.key === "raw.events" ? { ...one, sql: String(one.sql).replace("hash(i * 11)", "hash(i * 23)") } : one
  )

async function plain(folder: string, n: number, traced: boolean): Promise<Part> {
  const instance = await DuckDBInstance.create(join(folder, "plain.duckdb"))
  const connection = await instance.connect()
  for (const schema of ["raw", "core", "feature"]) await connection.run(`create schema ${schema}`)
  const assets = crm20(n, traced)
  const make = (one: Asset) => connection.run(`create or replace table ${one.key} as ${String(one.sql)}`)
  const begun = cpu()
  for (const one of assets) await make(one)
  const full = cpu() - begun
  const megabytes = memory()
  await make(otherValues(assets)[3]!)
  const events = assets.find(({ key }) => key === "core.events")!
  const before = cpu()
  for (let i = 0; i < 100; i += 10) {
    const days = `day >= date '2026-01-01' + ${i} and day < date '2026-01-01' + ${i + 10}`
    await connection.run("begin")
    await connection.run(`delete from core.events where ${days}`)
    await connection.run(`insert into core.events select * from (${String(events.sql)}) where ${days}`)
    await connection.run("commit")
  }
  const backfill = cpu() - before
  connection.closeSync()
  instance.closeSync()
  return { seconds: { full, backfill }, made: {}, megabytes }
}

async function engine(folder: string, n: number): Promise<Part> {
  const original = crm20(n)
  let assets = original
  const edit = (at: number, change: (one: Asset) => Asset): void => {
    assets = original.map((one, i) => (i === at ? change(one) : one))
  }
  const program = Effect.gen(function* () {
    const { run, facts } = yield* Engine
    const seconds: Record<string, number> = {}
    const made: Record<string, number> = {}
    const timed = <A, E, R>(name: string, effect: Effect.Effect<A, E, R>) =>
      Effect.gen(function* () {
        const begun = cpu()
        const value = yield* effect
        seconds[name] = cpu() - begun
        return value
      })
    const go = (name: string, options: object = {}) =>
      Effect.map(
        timed(name, run({ selection: "", asOf: crm20AsOf, onEvent: () => undefined, ...options })),
        (report) => {
          made[name] = report.made.length
          return report
        }
      )
    yield* go("full")
    const megabytes = memory()
    yield* timed("plan", facts)
    yield* go("idle")
    edit(crm20Thirteenth + 1, (one) => ({ ...one, sql: String(one.sql).replace("o.c1 as", "o.c1 + 1 as") }))
    yield* go("edit")
    assets = otherValues(original)
    yield* go("source", { selection: "raw.events" })
    yield* go("backfill", { selection: "core.events", backfill: { from: "2026-01-01", to: crm20AsOf, batch: 10 } })
    return { seconds, made, megabytes }
  })
  const first = await Effect.runPromise(
    Effect.provide(
      program,
      crm20Engine(folder, () => assets)
    )
  )
  const never = { name: "never", severity: "block", breaks: "true" } as const
  edit(crm20Thirteenth, (one) => ({ ...one, checks: [never] }))
  const repair = Effect.gen(function* () {
    const { run, resume } = yield* Engine
    const options = { asOf: crm20AsOf, onEvent: () => undefined }
    const failed = yield* run({ selection: "", ...options })
    assets = original
    const begun = cpu()
    const resumed = yield* resume(undefined, options)
    return { resume: cpu() - begun, failed: failed.made.length, made: resumed!.made.length }
  })
  const repaired = await Effect.runPromise(
    Effect.provide(
      repair,
      crm20Engine(join(folder, "second"), () => assets)
    )
  )
  return {
    seconds: { ...first.seconds, resume: repaired.resume },
    made: { ...first.made, "before the failure": repaired.failed, resume: repaired.made },
    megabytes: first.megabytes
  }
}

function part(name: string, n: number): Part {
  const child = spawnSync(process.execPath, [fileURLToPath(import.meta.url), `--part=${name}`, String(n)], {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "inherit"]
  })
  if (child.status !== 0) throw new Error(`${name} of ${n} ended with ${child.status}`)
  return JSON.parse(child.stdout) as Part
}

const median = (numbers: ReadonlyArray<number>): number => numbers.toSorted((a, b) => a - b)[numbers.length >> 1]!

function compare(n: number, rounds: number): void {
  const parts: Record<string, Array<Part>> = { bare: [], plain: [], engine: [] }
  // Interleaved, so that a machine that grows slower does so for all alike.
  for (let i = 0; i < rounds; i++) for (const name of Object.keys(parts)) parts[name]!.push(part(name, n))
  const all = (name: string, step: string): ReadonlyArray<number> => parts[name]!.map(({ seconds }) => seconds[step]!)
  const line = (what: string, numbers: ReadonlyArray<number>, note = ""): void =>
    console.log(
      `${what.padEnd(30)} ${median(numbers).toFixed(3).padStart(8)} CPU s  (${numbers.map((one) => one.toFixed(3)).join(", ")})  ${note}`
    )
  const ratio = (a: ReadonlyArray<number>, b: ReadonlyArray<number>): string =>
    `ratio ${(median(a) / median(b)).toFixed(2)} (${a.map((one, i) => (one / b[i]!).toFixed(2)).join(", ")})`
  const made = (step: string): string => `${parts["engine"]![0]!.made[step]} made`
  console.log(`\n${n.toLocaleString("en")} events, ${rounds} rounds, median (each)`)
  line("plain SQL without event ids", all("bare", "full"))
  line("plain SQL", all("plain", "full"), `${ratio(all("plain", "full"), all("bare", "full"))} over without ids`)
  line(
    "engine, full run",
    all("engine", "full"),
    `${made("full")}, ${ratio(all("engine", "full"), all("plain", "full"))}`
  )
  line("engine, plan of nothing", all("engine", "plan"))
  line("engine, run of nothing", all("engine", "idle"), made("idle"))
  line("engine, one edit", all("engine", "edit"), made("edit"))
  line(
    "engine, resume after the 13th",
    all("engine", "resume"),
    `${made("before the failure")} before, then ${made("resume")}`
  )
  line("plain SQL, 100 days by 10", all("plain", "backfill"))
  line("engine, 100 days by 10", all("engine", "backfill"), ratio(all("engine", "backfill"), all("plain", "backfill")))
  const peak = (name: string): string => parts[name]!.map(({ megabytes }) => megabytes).join(", ")
  console.log(`peak memory of a full run      plain ${peak("plain")} MB, engine ${peak("engine")} MB`)
}

const [first, ...rest] = process.argv.slice(2)
if (first?.startsWith("--part=")) {
  const folder = mkdtempSync(join(tmpdir(), "assay-crm20-"))
  const n = Number(rest[0])
  const name = first.slice("--part=".length)
  console.log(JSON.stringify(name === "engine" ? await engine(folder, n) : await plain(folder, n, name === "plain")))
  rmSync(folder, { recursive: true })
} else {
  const words = process.argv.slice(2)
  const at = words.indexOf("--rounds")
  const rounds = at < 0 ? 3 : Number(words[at + 1])
  const sizes = words.filter((_, i) => at < 0 || (i !== at && i !== at + 1)).map(Number)
  for (const n of sizes.length > 0 ? sizes : [1000, 1_000_000]) compare(n, rounds)
}
