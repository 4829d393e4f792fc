import { DateTime, Effect } from "effect"
import { Records } from "#core/records/Records.ts"
import type { Db } from "#core/records/Records.ts"
import type { Run } from "../../../api/steward/Run.ts"
import type { RunDetail } from "../../../api/steward/RunDetail.ts"
import type { RunDesk } from "./RunDesk.ts"
import { unknownRun } from "./unknownRun.ts"

interface RunRow {
  readonly id: string
  readonly kind: Run["kind"]
  readonly selection: string
  readonly startedAt: string
  readonly finishedAt: string | null
  readonly state: Run["state"]
  readonly resumes: string | null
}

interface EventRow {
  readonly seq: number
  readonly at: string
  readonly type: string
  readonly asset: string | null
  readonly details: string
}

interface Details {
  readonly assets?: ReadonlyArray<string>
  readonly rows?: number
  readonly millis?: number
  readonly reason?: string
  readonly message?: string
  readonly code?: string
  readonly fix?: string
  readonly notice?: string
  readonly of?: string
  readonly state?: string
  readonly attempt?: number
  readonly checks?: ReadonlyArray<{ readonly name: string; readonly passed: boolean }>
}

const columns = "id, kind, selection, started_at as startedAt, finished_at as finishedAt, state, resumes"

/** The latest runs with what each did, in numbers of assets. */
export const recentRuns = Effect.fn("recentRuns")(function* () {
  return yield* (yield* Records).read((db) =>
    db
      .all<RunRow>(`select ${columns} from run order by started_at desc, rowid desc limit 50`)
      .map((row) => withCounts(row, eventsOf(db, row.id)))
  )
})

/** One run from its events. */
export const runDetail = Effect.fn("runDetail")(function* (desk: RunDesk, id: string) {
  const now = DateTime.formatIso(yield* DateTime.now)
  return yield* (yield* Records).read((db) => {
    const row = db.get<RunRow>(`select ${columns} from run where id = $id`, { id })
    if (row === undefined) throw unknownRun()
    const events = eventsOf(db, id)
    const goneOn = db.get("select 1 as one from run where resumes = $id", { id }) !== undefined
    return {
      run: withCounts(row, events),
      spans: spansOf(events, row, now),
      events: events.map(({ details, ...event }) => ({ ...event, text: sayDetails(event.type, parse(details)) })),
      failures: events.flatMap(({ type, asset, details }) =>
        type === "failed" && asset !== null ? [failure(asset, parse(details))] : []
      ),
      canStop: row.state === "running" && desk.isUnderWay,
      canResume: row.kind === "make" && row.state === "failed" && !goneOn
    } satisfies RunDetail as RunDetail
  })
})

const eventsOf = (db: Db, run: string): ReadonlyArray<EventRow> =>
  db.all<EventRow>("select seq, at, type, asset, details from run_event where run = $run order by seq", { run })

const parse = (details: string): Details => JSON.parse(details) as Details

function withCounts(row: RunRow, events: ReadonlyArray<EventRow>): Run {
  const distinct = (type: string): number =>
    new Set(events.filter((event) => event.type === type).map(({ asset }) => asset)).size
  const planned = events.find(({ type }) => type === "planned")
  return {
    ...row,
    made: distinct("materialized"),
    skipped: distinct("skipped"),
    failed: distinct("failed"),
    planned: planned === undefined ? 0 : (parse(planned.details).assets?.length ?? 0)
  }
}

type Span = RunDetail["spans"][number]

/** From when to when each asset was worked on. What ends an asset may be written a moment late, so the measured time counts where there is one. */
function spansOf(events: ReadonlyArray<EventRow>, row: RunRow, now: string): ReadonlyArray<Span> {
  const spans = new Map<string, Span>()
  const put = (asset: string, change: Partial<Span>): void => {
    const before: Span = spans.get(asset) ?? { asset, state: "waiting", from: null, to: null, rows: null, retries: 0 }
    spans.set(asset, { ...before, ...change })
  }
  for (const { type, asset, at, details } of events) {
    if (asset === null) continue
    const told = parse(details)
    const begun = spans.get(asset)?.from ?? null
    switch (type) {
      case "started":
        put(asset, { state: "running", from: at })
        break
      case "retried":
        put(asset, { retries: (spans.get(asset)?.retries ?? 0) + 1 })
        break
      case "materialized":
        put(asset, { state: "made", from: begun ?? at, to: later(begun, at, told.millis), rows: told.rows ?? null })
        break
      case "failed":
        put(asset, { state: "failed", from: begun ?? at, to: at })
        break
      case "skipped":
        put(asset, {
          state: told.reason === "unchanged" ? "unchanged" : "blocked",
          from: begun,
          to: begun === null ? null : at
        })
        break
    }
  }
  const planned = events.find(({ type }) => type === "planned")
  for (const asset of planned === undefined ? [] : (parse(planned.details).assets ?? []))
    if (!spans.has(asset)) put(asset, {})
  const rank = ({ from }: Span): string => from ?? "~"
  const running = row.state === "running"
  return [...spans.values()]
    .map((span) =>
      span.state === "running"
        ? { ...span, state: running ? ("running" as const) : ("failed" as const), to: row.finishedAt ?? now }
        : span
    )
    .sort((a, b) => (rank(a) < rank(b) ? -1 : rank(a) > rank(b) ? 1 : 0)) satisfies ReadonlyArray<Span>
}

const failure = (asset: string, { code = "", message = "", fix = "" }: Details): RunDetail["failures"][number] => ({
  asset,
  code,
  message,
  fix
})

/** The end of a making: when it was written, or when the measured time was over, whichever is earlier. */
function later(begun: string | null, at: string, millis: number | undefined): string {
  if (begun === null || millis === undefined) return at
  const measured = new Date(Date.parse(begun) + millis).toISOString()
  return measured < at ? measured : at
}

function sayDetails(type: string, told: Details): string {
  switch (type) {
    case "planned":
      return String(told.assets?.length ?? 0)
    case "materialized":
      return String(told.rows ?? 0)
    case "checked": {
      const failed = (told.checks ?? []).filter(({ passed }) => !passed).map(({ name }) => name)
      return failed.join(", ")
    }
    default:
      return told.message ?? told.reason ?? told.notice ?? told.of ?? told.state ?? String(told.attempt ?? "")
  }
}
