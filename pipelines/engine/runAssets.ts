import { Effect } from "effect"
import { Home } from "#core/home/Home.ts"
import { canonicalJson } from "#core/json/canonicalJson.ts"
import type { RecordsError } from "#core/records/Records.ts"
import { explainWarehouseError } from "#core/warehouse/explainWarehouseError.ts"
import type { Asset } from "./Asset.ts"
import { reach } from "./AssetGraph.ts"
import type { AssetGraph } from "./AssetGraph.ts"
import { codeVersion } from "./codeVersion.ts"
import { lookAround } from "./lookAround.ts"
import { makeAsset } from "./makeAsset.ts"
import type { MakeError } from "./Makers.ts"
import { Runs } from "./Runs.ts"
import type { RunEvent } from "./RunEvent.ts"
import { selectAssets } from "./selectAssets.ts"
import type { Made } from "./staleness.ts"

export interface RunOptions {
  /** As `selectAssets` reads it; empty for everything. */
  readonly selection: string
  /** The day that decides the release period, ISO. */
  readonly asOf: string
  readonly onEvent: (event: RunEvent) => void
  /** The failed run that this one goes on with. What that one finished is unchanged, so only the rest is made. */
  readonly resumes?: string
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
}

/**
 * Makes the selected assets in order, each when its code or an input changed. A failure stops what reads the failed asset and nothing
 * else; what was published before stays as it was. Every step is a run event.
 */
export const runAssets = Effect.fn("runAssets")(function* (options: RunOptions) {
  const runs = yield* Runs
  const { graph, made, states } = yield* lookAround()
  const chosen = selectAssets(graph, options.selection, (key) => states.get(key)?.state !== "unchanged")
  const run = yield* runs.begin(options.selection)
  const tell = (event: RunEvent): Effect.Effect<void, RecordsError> =>
    Effect.andThen(
      Effect.sync(() => options.onEvent(event)),
      runs.note(run, event)
    )
  const report: Progress["report"] = { run, made: [], skipped: [], failed: [], blocked: [], notices: [] }
  const progress: Progress = { graph, made: new Map(made), report, tell, options }
  if (options.resumes !== undefined) yield* tell({ type: "resumed", of: options.resumes })
  yield* tell({ type: "planned", assets: chosen })
  const work = Effect.forEach(chosen, (key) => step(progress, graph.byKey.get(key)!), { discard: true })
  yield* Effect.onExit(work, (exit) => {
    const state = exit._tag === "Success" && report.failed.length === 0 ? "done" : "failed"
    return Effect.ignore(tell({ type: "finished", state }))
  })
  return report satisfies RunReport as RunReport
})

const step = Effect.fnUntraced(function* ({ graph, made, options, report, tell }: Progress, asset: Asset) {
  const stopped = (key: string): boolean =>
    report.blocked.includes(key) || report.failed.some((failure) => failure.asset === key)
  const absent = asset.deps.find((dep) => stopped(dep) || !made.has(dep))
  if (absent !== undefined) {
    report.blocked.push(asset.key)
    return yield* tell({
      type: "skipped",
      asset: asset.key,
      reason: `it waits for ${absent}, which failed or was never made`
    })
  }
  const outcome = yield* Effect.result(makeIfNeeded(asset, { graph, made, options, report, tell }))
  if (outcome._tag === "Success") return
  const error = outcome.failure._tag === "WarehouseError" ? explainWarehouseError(outcome.failure) : outcome.failure
  report.failed.push({ asset: asset.key, error })
  const [code, fix] = error._tag === "WarehouseError" ? [`warehouse.${error.kind}`, ""] : [error.code, error.fix]
  yield* tell({ type: "failed", asset: asset.key, code, message: error.message, fix })
})

const makeIfNeeded = Effect.fnUntraced(function* (asset: Asset, { graph, made, options, report, tell }: Progress) {
  const home = yield* Home
  const version = codeVersion(asset)
  const inputs = Object.fromEntries(asset.deps.map((dep) => [dep, made.get(dep)!.dataVersion]))
  const last = made.get(asset.key)
  const same = last?.codeVersion === version && canonicalJson(last.inputs) === canonicalJson(inputs)
  if (same && (asset.kind === "full" || asset.kind === "view")) {
    report.skipped.push(asset.key)
    return yield* tell({ type: "skipped", asset: asset.key, reason: "unchanged" })
  }
  yield* tell({ type: "started", asset: asset.key })
  // Equal code on equal inputs gives equal rows, so this names the contents without reading them.
  const dataVersion = home.hmac("data-version", canonicalJson({ version, inputs })).slice(0, 32)
  const facts = { run: report.run, codeVersion: version, inputs, dataVersion }
  const onProgress = (share: number): void => options.onEvent({ type: "progress", asset: asset.key, share })
  const lineage = [...reach(asset.deps, (key) => graph.byKey.get(key)!.deps)].sort()
  const making = yield* makeAsset(asset, facts, { run: report.run, asOf: options.asOf, lineage, onProgress }, last)
  for (const notice of making.notices) {
    report.notices.push({ asset: asset.key, notice })
    yield* tell({ type: "noticed", asset: asset.key, notice })
  }
  if (making.checks.length > 0) yield* tell({ type: "checked", asset: asset.key, checks: making.checks })
  made.set(asset.key, making.made)
  if (!making.changed) {
    report.skipped.push(asset.key)
    return yield* tell({ type: "skipped", asset: asset.key, reason: "unchanged" })
  }
  report.made.push(asset.key)
  yield* tell({ type: "materialized", asset: asset.key, rows: making.made.rows, millis: making.made.millis })
})
