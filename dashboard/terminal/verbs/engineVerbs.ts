import { Clock, Effect } from "effect"
import { BadInput } from "#core/BadInput.ts"
import type { Home } from "#core/home/Home.ts"
import { Engine } from "#pipelines/engine/Engine.ts"
import type { AssetFacts } from "#pipelines/engine/Engine.ts"
import type { RunReport } from "#pipelines/engine/runAssets.ts"
import { selectAssets } from "#pipelines/engine/selectAssets.ts"
import { assetGraph } from "#pipelines/engine/AssetGraph.ts"
import { emitOpenLineage } from "#pipelines/lineage/emitOpenLineage.ts"
import { planHome } from "#pipelines/planHome.ts"
import type { ReleaseOutlook } from "#pipelines/planHome.ts"
import { failure } from "../../api/failure.ts"
import { runProgress } from "../runProgress.ts"
import { table } from "../table.ts"
import type { Answer, Call, Verb } from "../Verb.ts"

type Needs =
  | Engine
  | Home
  | Effect.Services<ReturnType<typeof planHome>>
  | Effect.Services<ReturnType<typeof emitOpenLineage>>

/** The day that decides the release period: `--as-of`, else today. */
export const asOfDay = Effect.fnUntraced(function* (flag: string | boolean | undefined) {
  if (flag === undefined) return new Date(yield* Clock.currentTimeMillis).toISOString().slice(0, 10)
  if (typeof flag === "string" && /^\d{4}-\d{2}-\d{2}$/.test(flag) && !Number.isNaN(Date.parse(flag))) return flag
  return yield* new BadInput({
    code: "flag.as_of",
    message: "--as-of takes a calendar day.",
    fix: "Write it as --as-of 2026-11-22."
  })
})

const plan: Verb<Needs> = {
  usage: "plan [--as-of DAY]",
  about: "what a run would make and why, and what each release would cost",
  flags: ["as-of"],
  words: 0,
  run: Effect.fn("plan")(function* ({ flags }) {
    const home = yield* planHome(yield* asOfDay(flags["as-of"]))
    const refused = home.releases.filter((release) => release.state === "refused")
    return {
      json: { ...home, releases: home.releases.map(outlookJson) },
      text: [
        table(
          ["asset", "kind", "state"],
          home.assets.map((asset) => [asset.key, asset.kind, stateText(asset)])
        ),
        "",
        ...home.releases.map(outlookText),
        ...home.licences.flatMap(({ product, gaps }) =>
          gaps.map((gap) => `${product}: look at this before it is sold: ${gap}.`)
        )
      ].join("\n"),
      ...(refused.length > 0 ? { exit: failure(refused[0]!.refusal).exit } : {})
    }
  })
}

const stateText = (asset: { state: string; reason?: string; inputs?: ReadonlyArray<string> }): string =>
  asset.state === "stale"
    ? `stale: ${asset.reason}${asset.inputs?.length ? ` (${asset.inputs.join(", ")})` : ""}`
    : asset.state

const outlookJson = (release: ReleaseOutlook): unknown => {
  if (release.state !== "refused") return release
  const { code, message, fix } = release.refusal
  return { product: release.product, state: "refused", code, message, fix }
}

function outlookText(release: ReleaseOutlook): string {
  switch (release.state) {
    case "waits":
      return `${release.product}: waits for ${release.for}, whose columns are known after its first run.`
    case "refused":
      return `${release.product}: refused. ${release.refusal.message} ${release.refusal.fix}`
    case "stored":
      return `${release.product}: was made for ${release.period}; nothing is drawn and nothing charged.`
    case "draw": {
      const { prediction } = release
      const errors = prediction?.measures.map(
        ({ name, medianRelativeError }) => `${name} ±${(100 * medianRelativeError).toFixed(1)} %`
      )
      return [
        `${release.product}: draws for ${release.period}, epsilon ${release.epsilon} at delta ${release.delta} (rho ${release.rho.toFixed(6)}).`,
        errors === undefined
          ? "Its population is not known: a census comes first, out of the same loss."
          : `Expected: about ${Math.round(prediction!.cells)} cells, median error ${errors.join(", ")}.`,
        release.runsOut === undefined ? "The budget lasts." : `At this pace the budget lasts until ${release.runsOut}.`
      ].join(" ")
    }
  }
}

/** Runs a selection and tells how it went; fails of assets decide the exit code. */
export const runAndTell = Effect.fn("run")(function* ({ io }: Pick<Call, "io">, selection: string, asOf: string) {
  const engine = yield* Engine
  const clock = yield* Clock.Clock
  const report = yield* engine.run({ selection, asOf, onEvent: runProgress(io, () => clock.currentTimeMillisUnsafe()) })
  yield* emitOpenLineage(report.run)
  return report
})

const run: Verb<Needs> = {
  usage: "run [SELECT] [--as-of DAY]",
  about: "make what is new or stale, and the releases of this period",
  flags: ["as-of"],
  words: 0,
  run: Effect.fn("run verb")(function* (call) {
    return reportAnswer(yield* runAndTell(call, call.words.join(" "), yield* asOfDay(call.flags["as-of"])))
  })
}

const resume: Verb<Needs> = {
  usage: "resume [RUN] [--as-of DAY]",
  about: "go on with a run that failed or was killed; what it finished is not made again",
  flags: ["as-of"],
  words: 0,
  run: Effect.fn("resume")(function* ({ words, flags, io }) {
    const clock = yield* Clock.Clock
    const onEvent = runProgress(io, () => clock.currentTimeMillisUnsafe())
    const asOf = yield* asOfDay(flags["as-of"])
    const report = yield* (yield* Engine).resume(words[0], { asOf, onEvent })
    if (report !== undefined) {
      yield* emitOpenLineage(report.run)
      return reportAnswer(report)
    }
    return { json: { run: null }, text: "Every run ended well; there is nothing to go on with." }
  })
}

const check: Verb<Needs> = {
  usage: "check [SELECT]",
  about: "evaluate the checks on what is published, without making anything",
  flags: [],
  words: 0,
  run: Effect.fn("check")(function* ({ words }) {
    const checked = yield* (yield* Engine).check(words.join(" "))
    const rows = checked.flatMap(({ asset, checks }) => checks.map((result) => ({ asset, ...result })))
    const broken = rows.filter(({ passed, severity }) => !passed && severity === "block")
    return {
      json: { checks: rows },
      text: [
        table(
          ["asset", "check", "severity", "failing rows"],
          rows.filter(({ passed }) => !passed).map((row) => [row.asset, row.name, row.severity, String(row.failing)])
        ),
        `${rows.filter(({ passed }) => passed).length} of ${rows.length} checks pass.`
      ].join("\n"),
      ...(broken.length > 0 ? { exit: 3 } : {})
    }
  })
}

/** A run's report as an answer. The first failure decides the exit code, since the others often follow from it. */
export function reportAnswer(report: RunReport): Answer {
  const failed = report.failed.map(({ asset, error }) => ({ asset, ...failure(error) }))
  return {
    json: {
      run: report.run,
      made: report.made,
      skipped: report.skipped,
      blocked: report.blocked,
      failed: failed.map(({ asset, code, message, fix }) => ({ asset, code, message, fix })),
      notices: report.notices
    },
    // What failed and how to mend it was told while it went.
    text:
      report.made.length + report.skipped.length + failed.length === 0
        ? noAssets
        : `${report.made.length} made, ${report.skipped.length} unchanged, ${failed.length} failed, ${report.blocked.length} not tried.`,
    ...(failed.length > 0 ? { exit: failed[0]!.exit } : {})
  }
}

const noAssets =
  "This home has no assets yet: connect a source with assay source add, or make the demo with assay demo."

const ls: Verb<Needs> = {
  usage: "ls [SELECT]",
  about: "the assets of the home",
  flags: [],
  words: 0,
  run: Effect.fn("ls")(function* ({ words }) {
    const facts = yield* chosen(words.join(" "))
    const rows = facts.map(({ asset, state, made }) => ({
      key: asset.key,
      kind: asset.kind,
      group: asset.group,
      state: state.state,
      rows: made?.rows ?? null,
      madeAt: made?.madeAt ?? null
    }))
    return {
      json: { assets: rows },
      text:
        rows.length === 0
          ? noAssets
          : table(
              ["asset", "kind", "state", "rows", "made"],
              rows.map((row) => [
                row.key,
                row.kind,
                row.state,
                row.kind === "view" ? "" : (row.rows?.toLocaleString("en") ?? ""),
                row.madeAt?.slice(0, 19) ?? ""
              ])
            )
    }
  })
}

const chosen = Effect.fnUntraced(function* (selection: string) {
  const facts = yield* (yield* Engine).facts
  const graph = assetGraph(facts.map(({ asset }) => asset))
  const states = new Map(facts.map(({ asset, state }) => [asset.key, state.state]))
  const keys = new Set(selectAssets(graph, selection, (key) => states.get(key) !== "unchanged"))
  return facts.filter(({ asset }) => keys.has(asset.key))
})

const one = Effect.fnUntraced(function* (key: string) {
  const [found] = (yield* chosen(key)) as ReadonlyArray<AssetFacts>
  return found!
})

const show: Verb<Needs> = {
  usage: "show ASSET",
  about: "one asset: rows, columns, version, checks, what it reads and who reads it",
  flags: [],
  words: 1,
  run: Effect.fn("show")(function* ({ words }) {
    const facts = yield* one(words[0]!)
    const { asset, made, checks, readers, state } = facts
    const columns = yield* (yield* Engine).columns(asset.key)
    const json = {
      key: asset.key,
      kind: asset.kind,
      description: asset.description,
      state,
      rows: asset.kind === "view" ? null : (made?.rows ?? null),
      bytes: asset.kind === "view" ? null : (made?.bytes ?? null),
      columns,
      version: made === undefined ? null : made.dataVersion,
      codeVersion: made?.codeVersion ?? null,
      madeAt: made?.madeAt ?? null,
      checks,
      upstream: asset.deps,
      downstream: readers
    }
    return {
      json,
      text: [
        `${asset.key} (${asset.kind}): ${asset.description.en} / ${asset.description.zh}`,
        made === undefined
          ? "Not made yet."
          : `${asset.kind === "view" ? "a view" : `${made.rows.toLocaleString("en")} rows`}, version ${made.dataVersion}, made ${made.madeAt}`,
        `reads ${asset.deps.join(", ") || "nothing of this home"}; read by ${readers.join(", ") || "nothing"}`,
        "",
        table(
          ["column", "type"],
          columns.map(({ name, type }) => [name, type])
        ),
        "",
        ...checks.map(({ name, severity, passed, failing }) =>
          passed ? `ok    ${name}` : `${severity.padEnd(5)} ${name}: ${failing} rows`
        )
      ].join("\n")
    }
  })
}

export const engineVerbs = { plan, run, resume, check, ls, show }
