/**
 * How much dearer is the engine than plain DuckDB doing the same SQL?
 *
 * Workload: the generated sample (default 20,000 subjects, seed 7; about 610 k events in 11 streams). Measured are two parts.
 * `assets`: everything from landed raw tables to two published releases (10 canonical tables, 2 feature tables, checks, staging,
 * materializations, lineage, releases with noise, Parquet on the shelf), against one `create or replace table ... as` a table with the
 * very same statements on the same file. `whole`: generation and landing as well, as events per CPU-second.
 * CPU seconds are user and system of this process, all threads. Medians over the runs.
 *
 * Run: node bench/demo.ts [runs] [subjects]
 */
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { DuckDBInstance } from "@duckdb/node-api"
import { Effect } from "effect"
import { houseApp } from "../app.ts"
import { ProductFiles } from "#catalog/product/ProductFiles.ts"
import type { Asset, InputColumns } from "#pipelines/engine/Asset.ts"
import { Engine } from "#pipelines/engine/Engine.ts"
import { Connections } from "#pipelines/sources/Connections.ts"

const [runs = 3, subjects = 20_000] = process.argv.slice(2).map(Number)
const asOf = "2026-11-01"
const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url))

const cpuSeconds = (): number => {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1e6
}
const median = (values: ReadonlyArray<number>): number => [...values].sort((a, b) => a - b)[values.length >> 1]!

const throughEngine = Effect.gen(function* () {
  const engine = yield* Engine
  yield* (yield* Connections).add(at("../pipelines/sources/sample/sample.source.yaml"), { seed: 7, subjects, asOf })
  for (const product of ["decision_chain", "buyer_region_preference"]) {
    yield* (yield* ProductFiles).add(at(`../pipelines/assets/release/${product}.product.yaml`))
  }
  const run = (selection: string) => engine.run({ selection, asOf, onEvent: () => undefined })
  const begun = cpuSeconds()
  yield* run("group:raw")
  const landed = cpuSeconds()
  const report = yield* run("group:conform, group:core, group:feature, group:release")
  const ended = cpuSeconds()
  if (report.failed.length > 0) throw new Error(report.failed.map(({ asset }) => asset).join())
  const facts = yield* engine.facts
  const events = facts.reduce((sum, { asset, made }) => sum + (asset.kind === "source" ? made!.rows : 0), 0)
  return { facts, events, landing: landed - begun, assets: ended - landed }
})

/** The same statements without an engine around them. */
async function plainly(file: string, assets: ReadonlyArray<Asset>): Promise<number> {
  const instance = await DuckDBInstance.create(file)
  const connection = await instance.connect()
  await connection.run("create schema plain")
  const columnsOf = async (key: string): Promise<ReadonlyArray<string>> => {
    const [schema, name] = key.split(".")
    const reader = await connection.runAndReadAll(
      "select column_name from duckdb_columns() where schema_name = $schema and table_name = $name order by column_index",
      { schema: schema!, name: name! }
    )
    return reader.getRows().map(([column]) => String(column))
  }
  const statements: Array<string> = []
  for (const { key, kind, sql, deps } of assets) {
    if (kind !== "full") continue
    const inputs: Map<string, ReadonlyArray<string>> = new Map()
    for (const dep of deps) inputs.set(dep, await columnsOf(dep))
    const text = typeof sql === "function" ? sql(inputs satisfies InputColumns) : sql!
    statements.push(`create or replace table plain.${key.replace(".", "__")} as ${text}`)
  }
  const begun = cpuSeconds()
  for (const statement of statements) await connection.run(statement)
  await connection.run("checkpoint")
  const spent = cpuSeconds() - begun
  connection.closeSync()
  instance.closeSync()
  return spent
}

const figures: Array<{ whole: number; assets: number; plain: number; events: number }> = []
for (let i = 0; i < runs; i++) {
  const home = mkdtempSync(join(tmpdir(), "assay-bench-"))
  const { facts, events, landing, assets } = await Effect.runPromise(Effect.provide(throughEngine, houseApp(home)))
  const plain = await plainly(
    join(home, "warehouse.duckdb"),
    facts.map(({ asset }) => asset)
  )
  figures.push({ whole: landing + assets, assets, plain, events })
  rmSync(home, { recursive: true })
}
const of = (name: "whole" | "assets" | "plain"): number => median(figures.map((figure) => figure[name]))
const { events } = figures[0]!
console.log(`events                                   ${events.toLocaleString("en")}`)
console.log(`whole demo, CPU s                        ${of("whole").toFixed(2)}`)
console.log(`whole demo, events per CPU s             ${Math.round(events / of("whole")).toLocaleString("en")}`)
console.log(`raw to releases by the engine, CPU s     ${of("assets").toFixed(2)}`)
console.log(`the same SQL in plain DuckDB, CPU s      ${of("plain").toFixed(2)}`)
console.log(
  `ratio, median of ${runs}                        ${median(figures.map((f) => f.assets / f.plain)).toFixed(2)}`
)
