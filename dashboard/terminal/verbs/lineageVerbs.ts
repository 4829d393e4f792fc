import { Clock, Effect } from "effect"
import { BadInput } from "#core/BadInput.ts"
import { Home } from "#core/home/Home.ts"
import { Warehouse } from "#core/warehouse/Warehouse.ts"
import type { AssetGraph } from "#pipelines/engine/AssetGraph.ts"
import type { Engine } from "#pipelines/engine/Engine.ts"
import { selectAssets } from "#pipelines/engine/selectAssets.ts"
import { bindHome } from "#pipelines/lineage/bindHome.ts"
import { columnGraph } from "#pipelines/lineage/columnGraph.ts"
import { eventsOfSubject } from "#pipelines/lineage/eventsOfSubject.ts"
import { openLineageJob } from "#pipelines/lineage/openLineageJob.ts"
import { groupedTrace, smallestGroup } from "#pipelines/lineage/groupedTrace.ts"
import type { GroupedTrace } from "#pipelines/lineage/groupedTrace.ts"
import { recomputeFromEvents } from "#pipelines/lineage/recomputeFromEvents.ts"
import type { Recomputed } from "#pipelines/lineage/recomputeFromEvents.ts"
import { traceBack } from "#pipelines/lineage/traceBack.ts"
import type { BackTrace } from "#pipelines/lineage/traceBack.ts"
import { traceForward } from "#pipelines/lineage/traceForward.ts"
import { traceVersion } from "#pipelines/lineage/traceVersion.ts"
import { languageOf } from "../languageOf.ts"
import { table } from "../table.ts"
import type { Answer, Call, Verb } from "../Verb.ts"

type Needs = Engine | Home | Warehouse

interface Edge {
  readonly from: string
  readonly to: string
  readonly how?: string
}

const lineage: Verb<Needs> = {
  usage: "lineage ASSET[.COLUMN] [--up] [--down] [--depth N] [--format json|mermaid|openlineage]",
  about: "what an asset or column is made from and what is made from it",
  flags: ["up?", "down?", "depth", "format"],
  words: 1,
  run: Effect.fn("lineage")(function* ({ words, flags }) {
    const { graph, bound } = yield* bindHome()
    const { asset, column } = splitColumn(graph, words[0]!, (key) => bound.get(key)!.columns.map(({ name }) => name))
    const both = flags["up"] !== true && flags["down"] !== true
    const reachOf = {
      up: both || flags["up"] === true,
      down: both || flags["down"] === true,
      depth: yield* depthOf(flags["depth"])
    }
    const format = flags["format"] ?? "text"
    if (format !== "text" && format !== "json" && format !== "mermaid" && format !== "openlineage")
      return yield* noFormat()
    if (column !== undefined && format !== "openlineage") {
      const edges = columnGraph(bound, asset, column, reachOf)
      const nodes = [...new Set([`${asset}.${column}`, ...edges.flatMap(({ from, to }) => [from, to])])].sort()
      return drawn(format, { asset, column, nodes, edges }, edges, languageOf(flags))
    }
    const { nodes, edges } = assetEdges(graph, asset, reachOf)
    if (format === "openlineage") {
      const around = { bound, namespace: `duckdb://${(yield* Home).warehouseFile}` }
      const at = new Date(yield* Clock.currentTimeMillis).toISOString()
      const jobs = nodes.map((key) => openLineageJob(bound.get(key)!, around, at))
      return { json: jobs, text: jobs.map((job) => JSON.stringify(job)).join("\n") }
    }
    const contract = bound.get(asset)!.problem
    const { record, carries } = bound.get(asset)!
    const json = { asset, nodes, edges, rows: { class: record, carriesEvent: carries } }
    if (contract !== undefined) return yield* contract
    return drawn(format, json, edges, languageOf(flags))
  })
}

/** An asset's key, or a key and a column of it. */
function splitColumn(graph: AssetGraph, word: string, columns: (key: string) => ReadonlyArray<string>) {
  if (graph.byKey.has(word)) return { asset: word, column: undefined }
  const at = word.lastIndexOf(".")
  const asset = word.slice(0, at)
  if (!graph.byKey.has(asset)) return { asset: selectAssets(graph, word, () => false)[0]!, column: undefined }
  const column = word.slice(at + 1)
  if (columns(asset).includes(column)) return { asset, column }
  throw new BadInput({
    code: "lineage.column",
    message: `${asset} has no column ${column.slice(0, 80)}.`,
    fix: `Its columns are ${columns(asset).join(", ") || "not known before its source is loaded"}.`,
    where: { asset }
  })
}

const depthOf = (flag: string | boolean | undefined): Effect.Effect<number, BadInput> =>
  flag === undefined
    ? Effect.succeed(Number.POSITIVE_INFINITY)
    : /^[1-9]\d{0,3}$/.test(String(flag))
      ? Effect.succeed(Number(flag))
      : Effect.fail(
          new BadInput({ code: "flag.depth", message: "--depth takes a whole number from 1.", fix: "Write --depth 2." })
        )

const noFormat = (): BadInput =>
  new BadInput({
    code: "flag.format",
    message: "--format takes json, mermaid or openlineage.",
    fix: "Leave it out for plain lines, or write --format mermaid."
  })

function assetEdges(
  graph: AssetGraph,
  asset: string,
  { up, down, depth }: { up: boolean; down: boolean; depth: number }
) {
  const near = (next: (key: string) => ReadonlyArray<string>): ReadonlyArray<string> => {
    const seen = new Set([asset])
    let frontier = [asset]
    for (let i = 0; i < depth && frontier.length > 0; i++) {
      frontier = frontier.flatMap((key) => next(key)).filter((key) => !seen.has(key))
      for (const key of frontier) seen.add(key)
    }
    return [...seen]
  }
  const kept = new Set([
    ...(up ? near((key) => graph.byKey.get(key)!.deps) : []),
    ...(down ? near((key) => graph.readers.get(key) ?? []) : [])
  ])
  const nodes = graph.order.map(({ key }) => key).filter((key) => kept.has(key))
  const edges = nodes.flatMap((to) =>
    graph.byKey
      .get(to)!
      .deps.filter((from) => kept.has(from))
      .map((from): Edge => ({ from, to }))
  )
  return { nodes, edges }
}

const hows: Readonly<Record<string, string>> = {
  IDENTITY: "原值",
  TRANSFORMATION: "变换",
  AGGREGATION: "聚合",
  JOIN: "连接",
  FILTER: "过滤",
  GROUP_BY: "分组",
  SORT: "排序",
  WINDOW: "窗口",
  CONDITIONAL: "条件"
}

function drawn(
  format: "text" | "json" | "mermaid",
  json: object,
  edges: ReadonlyArray<Edge>,
  language: "zh" | "en"
): Answer {
  if (format === "json") return { json, text: JSON.stringify(json, undefined, 2) }
  if (format === "text") {
    const word = (how: string): string => (language === "zh" ? (hows[how] ?? how) : how)
    const lines = edges.map(({ from, to, how }) => `${from} -> ${to}${how === undefined ? "" : `  ${word(how)}`}`)
    const none = language === "zh" ? "没有上游，也没有下游。" : "Nothing leads here or away."
    return { json, text: lines.join("\n") || none }
  }
  const nodes = [...new Set(edges.flatMap(({ from, to }) => [from, to]))]
  const id = (node: string): string => `n${nodes.indexOf(node)}`
  const text = [
    "flowchart LR",
    ...nodes.map((node) => `  ${id(node)}["${node.replaceAll('"', "#quot;")}"]`),
    ...edges.map(({ from, to, how }) => `  ${id(from)} -->${how === undefined ? "" : `|${how}|`} ${id(to)}`)
  ].join("\n")
  return { json, text }
}

const trace: Verb<Needs> = {
  usage: "trace ASSET KEY=VALUE... [--version RUN] | --event ID | --subject ID | ASSET --check N  [--grouped]",
  about:
    "rows back to their raw events, or events and subjects forward to all rows made from them; --grouped for those who are no stewards",
  flags: ["event", "subject", "check", "version", "grouped?"],
  words: 0,
  run: Effect.fn("trace")(function* (call: Call) {
    const warehouse = yield* Warehouse
    const { graph, bound, facts } = yield* bindHome()
    const { event, subject, check, version } = call.flags
    const say = traceWords[languageOf(call.flags)]
    const hidden = call.flags["grouped"] === true
    const made = (key: string): boolean => facts.get(key)?.made !== undefined
    if (typeof event === "string" || typeof subject === "string") {
      const events =
        typeof event === "string"
          ? [yield* eventId(event)]
          : yield* eventsOfSubject(warehouse, bound, made, String(subject))
      const found = yield* traceForward(warehouse, bound, graph, made, events)
      if (hidden) return groupedAnswer(found.map(groupedTrace), say)
      const rows = found.map((one) => [one.asset, one.rows?.toLocaleString("en") ?? say.whole])
      return { json: { events, assets: found }, text: found.length === 0 ? say.nothing : table(say.heading, rows) }
    }
    const key = selectAssets(graph, call.words[0] ?? "", () => false)
    if (call.words.length === 0 || key.length !== 1) return yield* noAsset()
    const asset = key[0]!
    if (!made(asset)) return yield* notMade(asset)
    const { state } = facts.get(asset)!.state
    if (check !== undefined) {
      const { grain } = graph.byKey.get(asset)!
      const result = yield* recomputeFromEvents(warehouse, bound, asset, grain, Math.min(Number(check) || 10, 1000))
      return { json: result, text: say.again(result), ...(result.different > 0 ? { exit: 3 } : {}) }
    }
    const where = yield* keyValues(call.words.slice(1))
    const found =
      typeof version === "string"
        ? yield* traceVersion(asset, version, where)
        : yield* traceBack(warehouse, bound, asset, where)
    if (hidden) return groupedAnswer([groupedTrace(found)], say)
    const stale = state === "stale" && version === undefined
    return {
      json: { ...found, stale },
      text: [say.back(found), ...(stale ? [say.stale(asset)] : []), ...found.events].join("\n")
    }
  })
}

const traceWords = {
  en: {
    heading: ["asset", "rows"],
    grouped: ["asset", "rows", "events"],
    few: `fewer than ${smallestGroup}`,
    whole: "as a whole",
    nothing: "Nothing was made from that.",
    back: ({ asset, rows, events }: BackTrace) => `${rows} rows of ${asset} were made from ${events.length} events.`,
    stale: (asset: string) => `${asset} is stale: the trace follows its inputs as they are now.`,
    again: ({ sampled, events, different }: Recomputed) =>
      `${sampled} rows made again from ${events} events: ${different} differ.`
  },
  zh: {
    heading: ["资产", "行数"],
    grouped: ["资产", "行数", "事件数"],
    few: `少于 ${smallestGroup}`,
    whole: "整体",
    nothing: "没有由此生成的数据。",
    back: ({ asset, rows, events }: BackTrace) => `${asset} 的 ${rows} 行由 ${events.length} 个原始事件生成。`,
    stale: (asset: string) => `${asset} 已过期：追溯依据其当前输入。`,
    again: ({ sampled, events, different }: Recomputed) =>
      `由 ${events} 个事件重算 ${sampled} 行：${different} 行不一致。`
  }
} as const

function groupedAnswer(traces: ReadonlyArray<GroupedTrace>, say: (typeof traceWords)["en" | "zh"]): Answer {
  const cell = (n: number | null | undefined): string =>
    n === undefined ? "" : n === null ? say.few : n.toLocaleString("en")
  const rows = traces.map((one) => [one.asset, "rows" in one ? cell(one.rows) : say.whole, cell(one.events)])
  return {
    json: { smallestGroup, assets: traces },
    text: traces.length === 0 ? say.nothing : table(say.grouped, rows)
  }
}

const keyValues = Effect.fnUntraced(function* (words: ReadonlyArray<string>) {
  const pairs = words.map((word) => /^([^=]+)=(.*)$/s.exec(word))
  if (pairs.length === 0 || pairs.includes(null)) {
    return yield* new BadInput({
      code: "trace.key",
      message: "A trace needs the columns that name its rows, each as KEY=VALUE.",
      fix: "Write it as in `assay trace core.order order_id=10248`; an empty value stands for null."
    })
  }
  return Object.fromEntries(pairs.map((pair) => [pair![1]!, pair![2]!]))
})

const eventId = (text: string): Effect.Effect<string, BadInput> =>
  /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text)
    ? Effect.succeed(text.toLowerCase())
    : Effect.fail(
        new BadInput({
          code: "trace.event",
          message: "An event id is a UUID.",
          fix: "Copy it from `assay trace ASSET KEY=VALUE`."
        })
      )

const noAsset = (): BadInput =>
  new BadInput({
    code: "trace.asset",
    message: "A trace begins at one asset, an event or a subject.",
    fix: "Write `assay trace ASSET KEY=VALUE`, `assay trace --event ID` or `assay trace --subject ID`."
  })

const notMade = (asset: string): BadInput =>
  new BadInput({
    code: "trace.new",
    message: `${asset} was not made yet, so it has no rows to trace.`,
    fix: `Make it with \`assay run +${asset}\`.`,
    where: { asset }
  })

export const lineageVerbs = { lineage, trace }
