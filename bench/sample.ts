/**
 * How many interaction rows a CPU-second are generated and appended to a warehouse on disk? All CPU of the process counts, user
 * and system, every thread. Drawing, committing and whatever else cannot be told apart is charged to the interactions; only the
 * statements and appends of other streams are not. Beside it the other honest way for one stream: its finished texts handed
 * over value by value in data chunks, with nothing generated. Target: 200,000 rows a CPU-second.
 *
 *     node bench/sample.ts [SUBJECTS]
 */
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { VARCHAR } from "@duckdb/node-api"
import { Effect } from "effect"
import type { Session } from "#core/warehouse/Session.ts"
import { Warehouse } from "#core/warehouse/Warehouse.ts"
import { generateSample } from "#pipelines/sources/sample/generateSample.ts"

const subjects = Number(process.argv[2] ?? 20_000)
const most = 100_000
const asOf = "2026-03-31"

const cpuSeconds = (): number => {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1e6
}

const timed = <A, E, R>(work: Effect.Effect<A, E, R>) =>
  Effect.gen(function* () {
    const start = cpuSeconds()
    const value = yield* work
    return { value, seconds: cpuSeconds() - start }
  })

/** CPU of the statements and appends that are not about interactions. */
let others = 0

function metered(session: Session): Session {
  const unless = <A, E, R>(own: boolean, work: Effect.Effect<A, E, R>) =>
    own
      ? work
      : Effect.map(timed(work), ({ value, seconds }) => {
          others += seconds
          return value
        })
  return {
    ...session,
    run: (sql, params, options) => unless(sql.includes("interactions"), session.run(sql, params, options)),
    append: (table, types, chunks) => unless(table.name.includes("interactions"), session.append(table, types, chunks))
  }
}

function* chunksOf(columns: ReadonlyArray<ReadonlyArray<string | null>>) {
  for (let from = 0; from < columns[0]!.length; from += 2048)
    yield columns.map((column) => column.slice(from, from + 2048))
}

const bench = Effect.gen(function* () {
  const warehouse = yield* Warehouse
  const watched = Warehouse.of({
    ...warehouse,
    transaction: (body) => warehouse.transaction((session) => body(metered(session)))
  })
  const generate = (n: number) =>
    Effect.provideService(
      generateSample({ seed: 7, subjects: n, asOf }, () => {}),
      Warehouse,
      watched
    )
  // Once small first, so that loading faker and compiling are not counted.
  yield* generate(100)
  others = 0
  const { value: staged, seconds } = yield* timed(generate(subjects))
  const rows = staged.reduce((sum, stream) => sum + stream.rows, 0)
  const interactions = staged.find(({ stream }) => stream === "interactions")!.rows

  yield* warehouse.script("create table _stage.by_value as from _stage.sample__interactions limit 0")
  const texts = yield* warehouse.columns(`from _stage.sample__interactions limit ${most}`)
  const columns = texts.names.map((name) => texts.values[name] as ReadonlyArray<string | null>)
  const types = columns.map(() => VARCHAR)
  const byValue = yield* timed(warehouse.append({ schema: "_stage", name: "by_value" }, types, chunksOf(columns)))
  return {
    subjects,
    interactions,
    interactionsPerCpuSecond: Math.round(interactions / (seconds - others)),
    textsByValuePerCpuSecond: Math.round(byValue.value / byValue.seconds),
    rowsOfAllStreams: rows,
    cpuSeconds: seconds,
    rowsPerCpuSecond: Math.round(rows / seconds)
  }
})

const folder = mkdtempSync(join(tmpdir(), "assay-bench-"))
const warehouse = Warehouse.layer({ path: join(folder, "bench.duckdb"), spill: folder, directories: [] })
const result = await Effect.runPromise(Effect.provide(bench, warehouse)).finally(() =>
  rmSync(folder, { recursive: true })
)
process.stdout.write(`${JSON.stringify(result, null, 2)}\n`)
