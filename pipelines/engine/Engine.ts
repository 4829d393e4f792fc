import { Clock, Context, Effect, FileSystem, Layer, Semaphore } from "effect"
import { BadInput } from "#core/BadInput.ts"
import { Home } from "#core/home/Home.ts"
import type { RecordsError } from "#core/records/Records.ts"
import { Warehouse } from "#core/warehouse/Warehouse.ts"
import type { WarehouseError } from "#core/warehouse/WarehouseError.ts"
import type { Asset } from "./Asset.ts"
import { checkAssets } from "./checkAssets.ts"
import type { CheckedAsset } from "./checkAssets.ts"
import type { Definitions } from "./Definitions.ts"
import { freshnessOf } from "./freshnessOf.ts"
import type { Freshness } from "./freshnessOf.ts"
import { lookAround } from "./lookAround.ts"
import { prepareMade, sweepStage } from "./madeTable.ts"
import { columnsOf } from "./makeAsset.ts"
import { dueOf, isIncremental } from "./partition/dueOf.ts"
import type { Due } from "./partition/duePartitions.ts"
import { prepareIntervals } from "./partition/intervalTable.ts"
import { unite } from "./partition/KeyRange.ts"
import type { KeyRanges } from "./partition/KeyRange.ts"
import type { MakeError, Makers } from "./Makers.ts"
import type { CheckResult } from "./evaluateChecks.ts"
import { runAssets } from "./runAssets.ts"
import type { RunOptions, RunReport } from "./runAssets.ts"
import { Runs } from "./Runs.ts"
import type { RunSummary } from "./Runs.ts"
import type { Scans } from "./Scans.ts"
import type { AssetState, Made } from "./staleness.ts"

/** An asset with what is known of it, for lists and pages. Row counts are exact: for stewards only. */
export interface AssetFacts {
  readonly asset: Asset
  readonly state: AssetState
  readonly made: Made | undefined
  readonly checks: ReadonlyArray<CheckResult>
  /** How it stands to its freshness policy, when it has one. */
  readonly freshness: Freshness | undefined
  /** Of an incremental asset: the partitions that were made, and those that are due. */
  readonly partitions: { readonly made: KeyRanges; readonly due: Due } | undefined
  /** The keys that read it. */
  readonly readers: ReadonlyArray<string>
}

export interface AssetColumn {
  readonly name: string
  readonly type: string
}

type EngineError = MakeError | RecordsError | WarehouseError

/** Plans and makes the assets of one home; one run at a time. */
export class Engine extends Context.Service<
  Engine,
  {
    readonly facts: Effect.Effect<ReadonlyArray<AssetFacts>, EngineError>
    /** The columns of an asset that was made, without the hidden ones. */
    columns(key: string): Effect.Effect<ReadonlyArray<AssetColumn>, EngineError>
    /** The same of every asset that was made, in one question. */
    readonly allColumns: Effect.Effect<ReadonlyMap<string, ReadonlyArray<AssetColumn>>, EngineError>
    run(options: Omit<RunOptions, "resumes">): Effect.Effect<RunReport, EngineError>
    /** Goes on with a failed run, the newest one if none is named; undefined if there is none. */
    resume(
      run: string | undefined,
      options: Omit<RunOptions, "selection" | "resumes" | "backfill">
    ): Effect.Effect<RunReport | undefined, EngineError>
    check(selection: string): Effect.Effect<ReadonlyArray<CheckedAsset>, EngineError>
  }
>()("pipelines/Engine") {
  static readonly layer = Layer.effect(
    Engine,
    Effect.gen(function* () {
      const services = yield* Effect.context<Warehouse | Home | Runs | Definitions | Makers | Scans>()
      const warehouse = yield* Warehouse
      yield* prepareMade(warehouse)
      yield* prepareIntervals(warehouse)
      // DuckDB 1.5 cannot replay a column that was added to a table with nextval(): killed before a checkpoint, the file would never open again.
      yield* warehouse.run("checkpoint")
      yield* sweepStage(warehouse)
      yield* recoverRuns
      yield* sweepHandOver
      const one = yield* Semaphore.make(1)
      return Engine.of({
        facts: Effect.provideContext(facts(), services),
        columns: (key) =>
          Effect.provideContext(
            Effect.map(columnsOf(key), (columns) => columns.filter((column) => !column.name.startsWith("_"))),
            services
          ),
        allColumns: Effect.map(
          warehouse.query<AssetColumn & { readonly key: string }>(
            `select schema_name || '.' || table_name as key, column_name as name, data_type as type
             from duckdb_columns() where not internal and not starts_with(column_name, '_') order by key, column_index`
          ),
          (rows) => {
            const found = new Map<string, Array<AssetColumn>>()
            for (const { key, name, type } of rows) {
              const own = found.get(key)
              if (own === undefined) found.set(key, [{ name, type }])
              else own.push({ name, type })
            }
            return found
          }
        ),
        run: (options) => one.withPermits(1)(Effect.provideContext(runAssets(options), services)),
        resume: (run, options) => one.withPermits(1)(Effect.provideContext(resume(run, options), services)),
        check: (selection) => one.withPermits(1)(Effect.provideContext(checkAssets(selection), services))
      })
    })
  )
}

/** Writes the events that a killed process did not come to write. Only the holder of the warehouse runs anything, so what claims to run was killed. */
const recoverRuns = Effect.gen(function* () {
  const runs = yield* Runs
  const killed = yield* runs.killed
  if (killed.length === 0) return
  const made = yield* (yield* Warehouse).query<{ run: string; asset: string; rows: number; millis: number }>(
    "select run, asset, row_count as rows, millis from _assay.made where list_contains($killed::varchar[], run) order by seq",
    { killed }
  )
  yield* runs.recover(killed, made)
})

/** Removes what a killed process had taken out of files or was putting on the shelf; only the holder of the warehouse makes such files. */
const sweepHandOver = Effect.gen(function* () {
  const { tmp } = yield* Home
  const files = yield* FileSystem.FileSystem
  const left = yield* Effect.orElseSucceed(files.readDirectory(tmp), (): Array<string> => [])
  for (const name of left.filter((one) => /^(?:load_|rel_)/.test(one))) {
    yield* Effect.ignore(files.remove(`${tmp}/${name}`, { recursive: true, force: true }))
  }
})

const resume = Effect.fn("Engine.resume")(function* (
  id: string | undefined,
  options: Omit<RunOptions, "selection" | "resumes" | "backfill">
) {
  const recent = yield* (yield* Runs).recent
  // What another run went on with is that one's affair, ended well or not.
  const taken = new Set(recent.map(({ resumes }) => resumes))
  const open = (run: RunSummary): boolean => run.state !== "done" && !taken.has(run.id)
  const known = recent.find((run) => run.kind === "make" && (id === undefined ? open(run) : run.id === id))
  if (known === undefined && id !== undefined) {
    return yield* new BadInput({
      code: "run.unknown",
      message: `There is no run ${id.slice(0, 60)} among the last ${recent.length}.`,
      fix: "Leave the run out to go on with the newest one that failed."
    })
  }
  if (known === undefined) return undefined
  const { selection, backfill } = known
  return yield* runAssets({ ...options, selection, resumes: known.id, ...(backfill === null ? {} : { backfill }) })
})

const facts = Effect.fn("Engine.facts")(function* () {
  const runs = yield* Runs
  const { graph, made, states, intervals, asOf } = yield* lookAround()
  const results = yield* runs.checks
  const now = yield* Clock.currentTimeMillis
  const confirmed = graph.order.some(({ freshness }) => freshness !== undefined) ? yield* runs.confirmed : new Map()
  return graph.order.map((asset) => {
    const due = isIncremental(asset) ? dueOf(asset, graph, intervals, asOf) : undefined
    return {
      asset,
      state: states.get(asset.key)!,
      made: made.get(asset.key),
      checks: results.get(asset.key) ?? [],
      freshness: freshnessOf(asset, confirmed.get(asset.key), due, now),
      partitions: due === undefined ? undefined : { made: unite(intervals.made.get(asset.key) ?? []), due },
      readers: graph.readers.get(asset.key) ?? []
    } satisfies AssetFacts as AssetFacts
  })
})
