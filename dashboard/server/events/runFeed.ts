import { Effect } from "effect"
import type { Records } from "#core/records/Records.ts"
import type { RunNote } from "../../api/RunNote.ts"
import type { Feed } from "../Feed.ts"

interface EventRow {
  readonly seq: number
  readonly run: string
  readonly at: string
  readonly type: RunNote["type"]
  readonly asset: string | null
  readonly details: string
}

interface Details {
  readonly rows?: number
  readonly millis?: number
  readonly state?: "done" | "failed"
  readonly checks?: ReadonlyArray<{ readonly passed: boolean }>
}

const mostAtOnce = 500

/** The events of all runs, read from the records, so that a run of another process is seen as well. */
export function runFeed(records: Records["Service"]): Omit<Feed, "after"> {
  return {
    topic: "runs",
    event: "run",
    read: (after) =>
      Effect.map(
        records.read((db) =>
          db.all<EventRow>(
            "select seq, run, at, type, asset, details from run_event where seq > $after order by seq limit $most",
            { after, most: mostAtOnce }
          )
        ),
        (rows) => rows.map((row) => ({ seq: row.seq, data: noteOf(row) }))
      ),
    newest: Effect.map(
      records.read((db) => db.get<{ seq: number }>("select coalesce(max(seq), 0) as seq from run_event")),
      (row) => row?.seq ?? 0
    )
  }
}

function noteOf({ run, at, type, asset, details }: EventRow): RunNote {
  const { rows, millis, state, checks } = JSON.parse(details) as Details
  const passed = checks?.filter((one) => one.passed).length
  return {
    run,
    at,
    type,
    asset,
    rows: rows ?? null,
    millis: millis ?? null,
    state: state ?? null,
    passed: passed ?? null,
    failed: checks === undefined ? null : checks.length - passed!
  }
}
