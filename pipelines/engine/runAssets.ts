import { Effect } from "effect"
import { canonicalJson } from "#core/json/canonicalJson.ts"
import type { RecordsError } from "#core/records/Records.ts"
import { explainWarehouseError } from "#core/warehouse/explainWarehouseError.ts"
import type { Asset } from "./Asset.ts"
import { reach } from "./AssetGraph.ts"
import type { AssetGraph } from "./AssetGraph.ts"
import { groupEvents } from "./groupEvents.ts"
import { inOrder } from "./inOrder.ts"
import { lookAround } from "./lookAround.ts"
import { makeAsset } from "./makeAsset.ts"
import type { MakeContext } from "./MakeContext.ts"
import type { MakeError } from "./Makers.ts"
import { isIncremental } from "./partition/dueOf.ts"
import { partitionsAtHand } from "./partition/partitionsAtHand.ts"
import { resolveStatements } from "./resolveStatements.ts"
import { retryOf } from "./retryOf.ts"
import { Runs } from "./Runs.ts"
import { Scans } from "./Scans.ts"
import type { Backfill } from "./Backfill.ts"
import type { RunEvent } from "./RunEvent.ts"
import { selectAssets } from "./selectAssets.ts"
import type { Made } from "./staleness.ts"

export interface RunOptions {
  /** As `selectAssets` reads it; empty for everything. */
  readonly selection: string
  /** The day that decides the release period and the newest daily partition, ISO. */
  readonly asOf: string
  readonly onEvent: (event: RunEvent) => void
  /** The failed run that this one goes on with. What that one finished is not made again. */
  readonly resumes?: string
  /** Nobody asked for this run: a schedule or a condition did. */
  readonly unattended?: boolean
  /** Partitions to make anew, whether they are due or not. */
  readonly backfill?: Backfill
  /** How many assets are made at the same time; 1 when left out, since one statement keeps all processors busy. */
  readonly parallel?: number
}

export interface RunReport {
  readonly run: string
  readonly made: ReadonlyArray<string>
  readonly skipped: ReadonlyArray<string>
  readonly failed: ReadonlyArray<{ readonly asset: string; readonly error: MakeError | RecordsError }>
  /** What was not tried since something it reads is not there. */
  readonly blocked: ReadonlyArray<string>
  readonly notices: ReadonlyArray<{ readonly asset: string; readonly notice: string }>
}

interface Progress {
  readonly graph: AssetGraph
  readonly made: Map<string, Made>
  readonly report: { [K in keyof RunReport]: RunReport[K] extends ReadonlyArray<infer T> ? Array<T> : RunReport[K] }
  readonly tell: (event: RunEvent) => Effect.Effect<void, RecordsError>
  readonly options: RunOptions
  readonly versions: ReadonlyMap<string, string>
  /** What was told to have started: a further try is no further start. */
  readonly begun: Set<string>
  /** The runs that this one goes on with, and what they finished. */
  readonly before: { readonly runs: ReadonlyArray<string>; readonly finished: ReadonlySet<string> }
}

/**
 * Makes the selected assets in order, each when its code or an input changed. A failure stops what reads the failed asset and nothing
 * else; what was published before stays as it was. Every step is a run event.
 */
export const runAssets = Effect.fn("runAssets")(function* (options: RunOptions) {
  const runs = yield* Runs
  const { graph, versions, made, states } = yield* lookAround(options.asOf)
  const chosen = selectAssets(graph, options.selection, (key) => states.get(key)?.state !== "unchanged")
  const before = options.resumes === undefined ? noneBefore : yield* runs.chain(options.resumes)
  const opening: ReadonlyArray<RunEvent> = [
    ...(options.resumes === undefined ? [] : [{ type: "resumed", of: options.resumes } as const]),
    { type: "planned", assets: chosen }
  ]
  const run = yield* runs.begin(options, ...opening)
  opening.forEach(options.onEvent)
  const report: Progress["report"] = { run, made: [], skipped: [], failed: [], blocked: [], notices: [] }
  const stream = yield* groupEvents((events) =>
    // Kept first, so that nobody is told what a kill could still undo.
    Effect.andThen(
      runs.note(run, ...events),
      Effect.sync(() => events.forEach(options.onEvent))
    )
  )
  const tell = (event: RunEvent): Effect.Effect<void, RecordsError> => {
    if (event.type === "noticed") report.notices.push({ asset: event.asset, notice: event.notice })
    return stream(event, mayWait(event))
  }
  const progress: Progress = { graph, versions, made: new Map(made), report, tell, options, begun: new Set(), before }
  const assets = chosen.map((key) => graph.byKey.get(key)!)
  const work = inOrder(assets, options.parallel ?? 1, (asset) => step(progress, asset))
  yield* Effect.onExit(work, (exit) => {
    const state = exit._tag === "Success" && report.failed.length === 0 ? "done" : "failed"
    return Effect.ignore(tell({ type: "finished", state }))
  })
  return report satisfies RunReport as RunReport
}, Effect.scoped)

/**
 * That an asset was begun or made is written with what follows within a moment, which saves most of the waits for the disk. A process killed in between has
 * lost nothing, since the warehouse knows what was made and the next process writes it down.
 */
const mayWait = (event: RunEvent): boolean =>
  event.type === "started" ||
  event.type === "skipped" ||
  (event.type === "materialized" && event.partitions === undefined)

const noneBefore: Progress["before"] = { runs: [], finished: new Set() }

const step = Effect.fnUntraced(function* (progress: Progress, asset: Asset) {
  const { made, report, tell } = progress
  const stopped = (key: string): boolean =>
    report.blocked.includes(key) || report.failed.some((failure) => failure.asset === key)
  const mayBeStale = (dep: string): boolean => asset.onFailedInput?.[dep] === "allow_stale"
  const absent = asset.deps.find((dep) => !made.has(dep) || (stopped(dep) && !mayBeStale(dep)))
  if (absent !== undefined) {
    report.blocked.push(asset.key)
    return yield* tell({
      type: "skipped",
      asset: asset.key,
      reason: `it waits for ${absent}, which failed or was never made`
    })
  }
  for (const dep of asset.deps.filter(stopped)) {
    yield* tell({ type: "noticed", asset: asset.key, notice: `made from ${dep} as it was before, since that failed` })
  }
  const retried = retryOf(asset.retry, (retry) => tell({ type: "retried", asset: asset.key, ...retry }))
  const outcome = yield* Effect.result(retried(makeIfNeeded(asset, progress)))
  if (outcome._tag === "Success") return
  const error = outcome.failure._tag === "WarehouseError" ? explainWarehouseError(outcome.failure) : outcome.failure
  report.failed.push({ asset: asset.key, error })
  const [code, fix] = error._tag === "WarehouseError" ? [`warehouse.${error.kind}`, ""] : [error.code, error.fix]
  yield* tell({ type: "failed", asset: asset.key, code, message: error.message, fix })
})

const makeIfNeeded = Effect.fnUntraced(function* (asset: Asset, progress: Progress) {
  const { graph, made, options, report, tell, before } = progress
  const last = made.get(asset.key)
  const codeVersion = yield* versionNow(asset, progress)
  const reads = asset.kind === "full" || isIncremental(asset)
  const inputs = {
    ...Object.fromEntries(asset.deps.map((dep) => [dep, made.get(dep)!.dataVersion])),
    // Which records it is denied is an input like any other.
    ...(reads ? { [deniedInput]: yield* (yield* Scans).version(asset) } : {})
  }
  const { asOf, backfill } = options
  const denials = last !== undefined && reads && last.inputs[deniedInput] !== inputs[deniedInput]
  const moved = last !== undefined && (last.codeVersion !== codeVersion || denials)
  const partitions = yield* partitionsAtHand(asset, graph, {
    asOf,
    isNew: last === undefined,
    moved,
    backfill,
    before: before.runs
  })
  const same = last?.codeVersion === codeVersion && canonicalJson(last.inputs) === canonicalJson(inputs)
  const settled = isIncremental(asset)
    ? partitions.due.length === 0
    : same && (asset.kind === "full" || asset.kind === "view" || before.finished.has(asset.key))
  if (settled) {
    report.skipped.push(asset.key)
    return yield* tell({ type: "skipped", asset: asset.key, reason: "unchanged" })
  }
  if (!progress.begun.has(asset.key)) yield* tell({ type: "started", asset: asset.key })
  progress.begun.add(asset.key)
  const context: MakeContext = {
    run: report.run,
    asOf,
    lineage: [...reach(asset.deps, (key) => graph.byKey.get(key)!.deps)].sort(),
    onProgress: (share) => options.onEvent({ type: "progress", asset: asset.key, share }),
    codeVersion,
    inputs,
    last,
    tell,
    // A later try, or what reads the asset, goes on from the batches that were published.
    remember: (one) => void made.set(asset.key, one),
    ...partitions,
    ...(backfill?.batch === undefined ? {} : { batch: backfill.batch }),
    ...(options.unattended === undefined ? {} : { unattended: options.unattended })
  }
  const making = yield* makeAsset(asset, context)
  made.set(asset.key, making.made)
  if (making.changed) {
    report.made.push(asset.key)
    return
  }
  report.skipped.push(asset.key)
  yield* tell({ type: "skipped", asset: asset.key, reason: "unchanged" })
})

/** Stands among the inputs of an asset, where no asset's key is. */
const deniedInput = "denied"

/** A statement that follows columns is read again, since what it reads may have brought new ones in this run. */
const versionNow = Effect.fnUntraced(function* (asset: Asset, { versions }: Progress) {
  if (typeof asset.sql !== "function") return versions.get(asset.key)!
  return (yield* resolveStatements([asset])).get(asset.key)!
})
