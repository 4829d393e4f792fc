import { Clock, Context, Effect, Layer } from "effect"
import { newId } from "#core/ids/newId.ts"
import { Records } from "#core/records/Records.ts"
import type { Db, RecordsError } from "#core/records/Records.ts"
import type { Backfill } from "./Backfill.ts"
import type { CheckResult } from "./evaluateChecks.ts"
import { newestChecks } from "./newestChecks.ts"
import type { Checked } from "./newestChecks.ts"
import type { RunEvent } from "./RunEvent.ts"

/** A run as a list shows it. */
export interface RunSummary {
  readonly id: string
  /** `make` makes assets, `check` only looks at what is published. */
  readonly kind: "make" | "check"
  readonly selection: string
  readonly startedAt: string
  readonly finishedAt: string | null
  readonly state: "running" | "done" | "failed"
  /** The partitions that it was asked to make anew. */
  readonly backfill: Backfill | null
  /** The run that it went on with. */
  readonly resumes: string | null
}

/** What begins a run. */
interface Request {
  readonly selection: string
  readonly kind?: RunSummary["kind"]
  readonly resumes?: string
  readonly backfill?: Backfill
}

/** A run and those that it goes on with, the newest first, and the assets that any of them finished. */
interface RunChain {
  readonly runs: ReadonlyArray<string>
  readonly finished: ReadonlySet<string>
}

/** A materialization that the warehouse remembers. */
interface Remembered {
  readonly run: string
  readonly asset: string
  readonly rows: number
  readonly millis: number
}

const now = Effect.map(Clock.currentTimeMillis, (millis) => new Date(millis).toISOString())

/** The append-only memory of runs; one row an event. Progress is told to listeners, not kept. */
export class Runs extends Context.Service<
  Runs,
  {
    /** Begins a run together with its first events, so that there is none without a plan. */
    begin(request: Request, ...events: ReadonlyArray<RunEvent>): Effect.Effect<string, RecordsError>
    /** Appends events, all or none of them. */
    note(run: string, ...events: ReadonlyArray<RunEvent>): Effect.Effect<void, RecordsError>
    /** The events of a run, in order. */
    events(run: string): Effect.Effect<ReadonlyArray<RunEvent>, RecordsError>
    chain(run: string): Effect.Effect<RunChain, RecordsError>
    /** Runs that were killed: they claim to go on, and nobody works on them. */
    readonly killed: Effect.Effect<ReadonlyArray<string>, RecordsError>
    /** Ends killed runs, with the events that they did not come to write. `made` is what the warehouse remembers of them, in order. */
    recover(runs: ReadonlyArray<string>, made: ReadonlyArray<Remembered>): Effect.Effect<void, RecordsError>
    readonly recent: Effect.Effect<ReadonlyArray<RunSummary>, RecordsError>
    /** When a run last made each asset or found it unchanged, in milliseconds. */
    readonly confirmed: Effect.Effect<ReadonlyMap<string, number>, RecordsError>
    /** The results of the newest checks of every asset, by key. */
    readonly checks: Effect.Effect<ReadonlyMap<string, ReadonlyArray<CheckResult>>, RecordsError>
  }
>()("pipelines/Runs") {
  static readonly layer: Layer.Layer<Runs, never, Records> = Layer.effect(
    Runs,
    Effect.gen(function* () {
      const records = yield* Records
      const begin = Effect.fn("Runs.begin")(function* (
        { selection, kind = "make", resumes, backfill }: Request,
        ...events: ReadonlyArray<RunEvent>
      ) {
        const at = yield* now
        const id = newId("run")
        yield* records.write((db) => {
          db.run(
            `insert into run (id, kind, selection, started_at, state, resumes, backfill)
             values ($id, $kind, $selection, $at, 'running', $resumes, $backfill)`,
            {
              id,
              kind,
              selection,
              at,
              resumes: resumes ?? null,
              backfill: backfill === undefined ? null : JSON.stringify(backfill)
            }
          )
          for (const event of events) write(db, id, at, event)
        })
        return id
      })
      const note = Effect.fnUntraced(function* (run: string, ...events: ReadonlyArray<RunEvent>) {
        const kept = events.filter(({ type }) => type !== "progress")
        if (kept.length === 0) return
        const at = yield* now
        yield* records.write((db) => kept.forEach((event) => write(db, run, at, event)))
      })
      const recover = Effect.fnUntraced(function* (runs: ReadonlyArray<string>, made: ReadonlyArray<Remembered>) {
        const at = yield* now
        yield* records.write((db) => {
          for (const run of runs) {
            const begun = new Set<string>()
            const left = new Map<string, number>()
            for (const event of eventsOf(db, run)) {
              if (event.type === "started") begun.add(event.asset)
              if (event.type === "materialized") left.set(event.asset, (left.get(event.asset) ?? 0) + 1)
            }
            for (const { asset, rows, millis, run: by } of made) {
              if (by !== run) continue
              const known = left.get(asset) ?? 0
              left.set(asset, known - 1)
              if (known > 0) continue
              if (!begun.has(asset)) write(db, run, at, { type: "started", asset })
              begun.add(asset)
              write(db, run, at, { type: "materialized", asset, rows, millis, recovered: true })
            }
            write(db, run, at, { type: "finished", state: "failed" })
          }
        })
      })
      return Runs.of({
        begin,
        note,
        recover,
        events: (run) => records.read((db) => eventsOf(db, run)),
        chain: (run) => records.read((db) => chainOf(db, run)),
        killed: records.read((db) =>
          db.all<{ id: string }>("select id from run where state = 'running'").map(({ id }) => id)
        ),
        recent: records.read((db) =>
          db
            .all<Omit<RunSummary, "backfill"> & { backfill: string | null }>(
              `select id, kind, selection, started_at as startedAt, finished_at as finishedAt, state, backfill, resumes
               from run order by started_at desc, rowid desc limit 50`
            )
            .map((row) => ({
              ...row,
              backfill: row.backfill === null ? null : (JSON.parse(row.backfill) as Backfill)
            }))
        ),
        confirmed: records.read((db) => {
          const rows = db.all<{ asset: string; at: string }>(
            `select asset, max(at) as at from run_event
             where type = 'materialized' or (type = 'skipped' and json_extract(details, '$.reason') = 'unchanged') group by asset`
          )
          return new Map(rows.map(({ asset, at }) => [asset, Date.parse(at)]))
        }),
        checks: records.read((db) => {
          // Of each asset and set of partitions the newest; batches of one run speak for their own partitions.
          const rows = db.all<{ asset: string; details: string }>(
            `select asset, details from run_event where seq in (
               select max(seq) from run_event where type = 'checked' group by asset, json_extract(details, '$.partitions')
             ) order by seq desc`
          )
          return new Map(
            [...Map.groupBy(rows, ({ asset }) => asset)].map(([asset, told]) => [
              asset,
              newestChecks(told.map(({ details }) => JSON.parse(details) as Checked))
            ])
          )
        })
      })
    })
  )
}

function write(db: Db, run: string, at: string, event: RunEvent): void {
  const { type, ...details } = event
  db.run("insert into run_event (run, at, type, asset, details) values ($run, $at, $type, $asset, $details)", {
    run,
    at,
    type,
    asset: "asset" in event ? event.asset : null,
    details: JSON.stringify(details)
  })
  if (event.type === "finished") {
    db.run("update run set state = $state, finished_at = $at where id = $run", { state: event.state, at, run })
  }
}

const eventsOf = (db: Db, run: string): ReadonlyArray<RunEvent> =>
  db
    .all<{ type: string; details: string }>("select type, details from run_event where run = $run order by seq", {
      run
    })
    .map(({ type, details }) => ({ type, ...(JSON.parse(details) as object) }) as RunEvent)

function chainOf(db: Db, run: string): RunChain {
  const runs: Array<string> = []
  for (let id: string | null | undefined = run; id !== null && id !== undefined;) {
    runs.push(id)
    id = db.get<{ resumes: string | null }>("select resumes from run where id = $id", { id })?.resumes
  }
  const finished = new Set<string>()
  for (const event of runs.flatMap((id) => eventsOf(db, id))) {
    if (event.type === "materialized" || (event.type === "skipped" && event.reason === "unchanged")) {
      finished.add(event.asset)
    }
  }
  return { runs, finished }
}
