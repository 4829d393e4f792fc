import { Clock, Effect } from "effect"
import { Records } from "#core/records/Records.ts"
import type { RunEvent } from "./RunEvent.ts"

/**
 * How long a kind of event is kept. What an asset held, what checks found and what went wrong is kept for ever; how a run went on for a week,
 * that nothing had to be done for a quarter. Progress is told and never kept.
 */
const classes: Readonly<Record<RunEvent["type"], "ever" | "quarter" | "week">> = {
  planned: "ever",
  resumed: "ever",
  checked: "ever",
  noticed: "ever",
  materialized: "ever",
  failed: "ever",
  finished: "ever",
  skipped: "quarter",
  started: "week",
  retried: "week",
  progress: "week"
}

const days = { quarter: 90, week: 7 } as const

/**
 * Removes events whose time is over; the number that went. Runs that did not end well keep all of theirs, since `resume` goes on from them,
 * and of every asset the newest word that it was there or unchanged stays, since freshness rests on it.
 */
export const pruneRunEvents = Effect.fn("pruneRunEvents")(function* () {
  const now = yield* Clock.currentTimeMillis
  return yield* (yield* Records).write((db) =>
    (["quarter", "week"] as const)
      .flatMap((kind) =>
        Object.keys(classes)
          .filter((type) => classes[type as RunEvent["type"]] === kind)
          .map((type) => [type, kind] as const)
      )
      .reduce(
        (gone, [type, kind]) =>
          gone +
          db.run(
            `delete from run_event where type = $type and at < $before
             and run in (select id from run where state = 'done')
             and (type <> 'skipped' or exists (
               select 1 from run_event as later where later.asset = run_event.asset and later.seq > run_event.seq
               and (later.type = 'materialized' or (later.type = 'skipped' and json_extract(later.details, '$.reason') = 'unchanged'))
             ))`,
            { type, before: new Date(now - days[kind] * 86_400_000).toISOString() }
          ),
        0
      )
  )
})
