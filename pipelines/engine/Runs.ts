import { Clock, Context, Effect, Layer } from "effect"
import { newId } from "#core/ids/newId.ts"
import { Records } from "#core/records/Records.ts"
import type { RecordsError } from "#core/records/Records.ts"
import type { CheckResult } from "./evaluateChecks.ts"
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
}

const now = Effect.map(Clock.currentTimeMillis, (millis) => new Date(millis).toISOString())

/** The append-only memory of runs; one row an event. Progress is told to listeners, not kept. */
export class Runs extends Context.Service<
  Runs,
  {
    begin(selection: string, kind?: RunSummary["kind"]): Effect.Effect<string, RecordsError>
    note(run: string, event: RunEvent): Effect.Effect<void, RecordsError>
    readonly recent: Effect.Effect<ReadonlyArray<RunSummary>, RecordsError>
    /** The results of the newest checks of every asset, by key. */
    readonly checks: Effect.Effect<ReadonlyMap<string, ReadonlyArray<CheckResult>>, RecordsError>
  }
>()("pipelines/Runs") {
  static readonly layer: Layer.Layer<Runs, never, Records> = Layer.effect(
    Runs,
    Effect.gen(function* () {
      const records = yield* Records
      const begin = Effect.fn("Runs.begin")(function* (selection: string, kind: RunSummary["kind"] = "make") {
        const at = yield* now
        const id = newId("run")
        yield* records.write((db) => {
          // Only one run goes at a time on a home, so what still claims to run was killed.
          db.run("update run set state = 'failed', finished_at = $at where state = 'running'", { at })
          db.run(
            "insert into run (id, kind, selection, started_at, state) values ($id, $kind, $selection, $at, 'running')",
            {
              id,
              kind,
              selection,
              at
            }
          )
        })
        return id
      })
      const note = Effect.fnUntraced(function* (run: string, event: RunEvent) {
        if (event.type === "progress") return
        const at = yield* now
        const { type, ...details } = event
        yield* records.write((db) => {
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
        })
      })
      return Runs.of({
        begin,
        note,
        recent: records.read((db) =>
          db.all<RunSummary>(
            `select id, kind, selection, started_at as startedAt, finished_at as finishedAt, state
             from run order by started_at desc limit 50`
          )
        ),
        checks: records.read((db) => {
          const rows = db.all<{ asset: string; details: string }>(
            `select asset, details from run_event
             where seq in (select max(seq) from run_event where type = 'checked' group by asset)`
          )
          return new Map(
            rows.map(({ asset, details }) => [
              asset,
              (JSON.parse(details) as { checks: ReadonlyArray<CheckResult> }).checks
            ])
          )
        })
      })
    })
  )
}
