import { Clock, Effect } from "effect"
import { BadInput } from "#core/BadInput.ts"
import type { Home } from "#core/home/Home.ts"
import { Consent } from "#privacy/consent/Consent.ts"
import { Engine } from "#pipelines/engine/Engine.ts"
import type { AssetFacts } from "#pipelines/engine/Engine.ts"
import { rangeInWords } from "#pipelines/engine/partition/partitionKeys.ts"
import type { RunOptions, RunReport } from "#pipelines/engine/runAssets.ts"
import { pruneRunEvents } from "#pipelines/engine/pruneRunEvents.ts"
import { selectAssets } from "#pipelines/engine/selectAssets.ts"
import { stateInWords } from "#pipelines/engine/stateInWords.ts"
import { assetGraph } from "#pipelines/engine/AssetGraph.ts"
import { emitOpenLineage } from "#pipelines/lineage/emitOpenLineage.ts"
import { planHome } from "#pipelines/planHome.ts"
import type { ReleaseOutlook } from "#pipelines/planHome.ts"
import { failure } from "../../api/failure.ts"
import { languageOf } from "../languageOf.ts"
import { planText } from "../planText.ts"
import { planOfProduct } from "../planOfProduct.ts"
import { settleRun } from "../settleRun.ts"
import { runProgress } from "../runProgress.ts"
import { table } from "../table.ts"
import { tellOrdered } from "../tellOrdered.ts"
import type { Answer, Call, Verb } from "../Verb.ts"

type Needs =
  | Engine
  | Home
  | Effect.Services<ReturnType<typeof planHome>>
  | Effect.Services<ReturnType<typeof planOfProduct>>
  | Effect.Services<ReturnType<typeof emitOpenLineage>>
  | Consent
  | Effect.Services<ReturnType<typeof settleRun>>
  | Effect.Services<ReturnType<typeof tellOrdered>>

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
  usage: "plan [PRODUCT [--error E]] [--as-of DAY]",
  about: "what a run would make and why, column by column, and what it means for products, privacy and prices",
  flags: ["as-of", "error"],
  words: 0,
  run: Effect.fn("plan")(function* ({ flags, words }) {
    if (words[0] !== undefined || flags["error"] !== undefined)
      return yield* planOfProduct(words[0], flags["error"], languageOf(flags), yield* asOfDay(flags["as-of"]))
    const home = yield* planHome(yield* asOfDay(flags["as-of"]))
    const refused = home.releases.find((release) => release.state === "refused")
    const broken = home.assets.some(({ problem }) => problem !== undefined)
    return {
      json: { ...home, releases: home.releases.map(outlookJson) },
      text: planText(home, languageOf(flags)),
      ...(broken ? { exit: 4 } : refused !== undefined ? { exit: failure(refused.refusal).exit } : {})
    }
  })
}

const outlookJson = (release: ReleaseOutlook): unknown => {
  if (release.state !== "refused") return release
  const { code, message, fix, where } = release.refusal
  return { product: release.product, state: "refused", code, message, field: where?.field ?? null, fix }
}

/** Runs a selection and tells how it went; fails of assets decide the exit code. */
export const runAndTell = Effect.fn("run")(function* (
  { io }: Pick<Call, "io">,
  selection: string,
  asOf: string,
  how: Pick<RunOptions, "backfill" | "parallel" | "unattended"> = {}
) {
  const engine = yield* Engine
  const clock = yield* Clock.Clock
  const onEvent = runProgress(io, () => clock.currentTimeMillisUnsafe())
  const epoch = yield* (yield* Consent).epoch
  const report = yield* engine.run({ selection, asOf, onEvent, ...how })
  yield* emitOpenLineage(report.run)
  if (selection === "" && report.failed.length === 0) yield* settleRun(epoch)
  yield* tellOrdered(io)
  yield* pruneRunEvents()
  return report
})

const run: Verb<Needs> = {
  usage: "run [SELECT] [--as-of DAY] [--parallel N]",
  about: "make what is new or stale, and the releases of this period",
  flags: ["as-of", "parallel"],
  words: 0,
  run: Effect.fn("run verb")(function* (call) {
    const asOf = yield* asOfDay(call.flags["as-of"])
    const parallel = yield* countFlag(call.flags, "parallel")
    return reportAnswer(yield* runAndTell(call, call.words.join(" "), asOf, parallel === undefined ? {} : { parallel }))
  })
}

/** A flag that takes a whole number from 1. */
const countFlag = (flags: Call["flags"], name: string): Effect.Effect<number | undefined, BadInput> => {
  const flag = flags[name]
  if (flag === undefined) return Effect.succeed(undefined)
  if (typeof flag === "string" && /^[1-9]\d{0,6}$/.test(flag)) return Effect.succeed(Number(flag))
  const message = `--${name} takes a whole number from 1.`
  return Effect.fail(new BadInput({ code: `flag.${name}`, message, fix: `Write it as --${name} 10.` }))
}

const backfill: Verb<Needs> = {
  usage: "backfill SELECT --from FIRST --to LAST [--batch N] [--as-of DAY]",
  about: "make the named partitions anew, in batches; resume goes on with it",
  flags: ["from", "to", "batch", "as-of"],
  words: 1,
  run: Effect.fn("backfill")(function* (call) {
    const { from, to } = call.flags
    if (typeof from !== "string" || typeof to !== "string") {
      return yield* new BadInput({
        code: "backfill.range",
        message: "A backfill names the first and the last partition.",
        fix: "Write them as --from 2026-01-01 --to 2026-01-31."
      })
    }
    const asOf = yield* asOfDay(call.flags["as-of"])
    const batch = yield* countFlag(call.flags, "batch")
    const partitions = { from, to, ...(batch === undefined ? {} : { batch }) }
    return reportAnswer(yield* runAndTell(call, call.words.join(" "), asOf, { backfill: partitions }))
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
  run: Effect.fn("check")(function* ({ words, flags }) {
    const selection = words.join(" ")
    const checked = yield* (yield* Engine).check(selection)
    const language = languageOf(flags)
    const aged = (yield* chosen(selection)).flatMap(({ asset, freshness }) =>
      freshness === undefined ? [] : [{ asset: asset.key, ...freshness }]
    )
    const late = aged.filter(({ state }) => state !== "fresh")
    const rows = checked.flatMap(({ asset, checks }) => checks.map((result) => ({ asset, ...result })))
    const broken = rows.filter(({ passed, severity }) => !passed && severity === "block")
    return {
      json: { checks: rows, freshness: aged },
      text: [
        table(
          ["asset", "check", "severity", "failing rows", "partitions"],
          rows
            .filter(({ passed }) => !passed)
            .map((row) => [row.asset, row.name, row.severity, String(row.failing), row.partitions?.join(", ") ?? ""])
        ),
        ...late.map(({ asset, state, because }) => `${asset}: ${state}: ${because[language]}`),
        `${rows.filter(({ passed }) => passed).length} of ${rows.length} checks pass${
          aged.length === 0 ? "" : `, ${aged.length - late.length} of ${aged.length} assets are fresh`
        }.`
      ].join("\n"),
      ...(broken.length > 0 || late.some(({ state }) => state === "fail") ? { exit: 3 } : {})
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
  run: Effect.fn("ls")(function* ({ words, flags }) {
    const facts = yield* chosen(words.join(" "))
    const language = languageOf(flags)
    const rows = facts.map(({ asset, state, made, freshness, partitions }) => ({
      key: asset.key,
      kind: asset.kind,
      group: asset.group,
      state: state.state,
      because: stateInWords(state),
      freshness: freshness ?? null,
      partitions: partitions ?? null,
      rows: made?.rows ?? null,
      madeAt: made?.madeAt ?? null
    }))
    return {
      json: { assets: rows },
      text:
        rows.length === 0
          ? noAssets
          : table(
              ["asset", "kind", "state", "fresh", "rows", "made"],
              rows.map((row) => [
                row.key,
                row.kind,
                row.state === "stale" ? `stale: ${row.because[language]}` : row.state,
                row.freshness?.state ?? "",
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
  run: Effect.fn("show")(function* ({ words, flags }) {
    const facts = yield* one(words[0]!)
    const { asset, made, checks, readers, state, freshness, partitions } = facts
    const language = languageOf(flags)
    const columns = yield* (yield* Engine).columns(asset.key)
    const json = {
      key: asset.key,
      kind: asset.kind,
      description: asset.description,
      state,
      because: stateInWords(state),
      freshness: freshness ?? null,
      partitions: partitions ?? null,
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
        stateInWords(state)[language],
        ...(freshness === undefined ? [] : [`${freshness.state}: ${freshness.because[language]}`]),
        ...(partitions === undefined
          ? []
          : [`partitions made: ${partitions.made.map((range) => rangeInWords(range)[language]).join(", ") || "none"}`]),
        `reads ${asset.deps.join(", ") || "nothing of this home"}; read by ${readers.join(", ") || "nothing"}`,
        "",
        table(
          ["column", "type"],
          columns.map(({ name, type }) => [name, type])
        ),
        "",
        ...checks.map(({ name, severity, passed, failing, partitions: where }) =>
          passed
            ? `ok    ${name}`
            : `${severity.padEnd(5)} ${name}: ${failing} rows${where === undefined ? "" : ` in ${where.join(", ")}`}`
        )
      ].join("\n")
    }
  })
}

export const engineVerbs = { plan, run, resume, backfill, check, ls, show }
