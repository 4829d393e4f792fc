import { appendFile } from "node:fs/promises"
import { join } from "node:path"
import { Config, Effect, Option } from "effect"
import { Home } from "#core/home/Home.ts"
import { Records } from "#core/records/Records.ts"
import type { RunEvent } from "../engine/RunEvent.ts"
import { bindHome } from "./bindHome.ts"
import { lineageEvents } from "./lineageEvents.ts"
import { openLineageEvents } from "./openLineageEvents.ts"
import type { OpenLineageEvent } from "./openLineageEvents.ts"
import { rememberStatements } from "./rememberStatements.ts"

/** All posts of one run together take no longer than this. */
const longestPost = "10 seconds"

/**
 * Tells what a run did as OpenLineage events: appended to `openlineage.jsonl` in the home, kept for `/api/v1/lineage`, and posted one by one to the address in
 * ASSAY_OPENLINEAGE_URL when it is set; and keeps the statements that its assets were made with. Called after a run; whatever goes wrong here
 * never concerns the run.
 */
export const emitOpenLineage = Effect.fn("emitOpenLineage")(
  function* (run: string) {
    const home = yield* Home
    const rows = yield* (yield* Records).read((db) =>
      db.all<{ at: string; type: string; details: string }>(
        "select at, type, details from run_event where run = $run order by seq",
        { run }
      )
    )
    const events = rows.map(({ at, type, details }) => ({
      at,
      event: { ...(JSON.parse(details) as object), type } as RunEvent
    }))
    // A run that found nothing to do stays cheap: its datasets are named without their columns.
    const worked = events.some(
      ({ event: { type } }) => type === "materialized" || type === "checked" || type === "failed"
    )
    const { bound, facts, versions } = worked
      ? yield* bindHome()
      : { bound: new Map(), facts: new Map(), versions: new Map() }
    yield* rememberStatements(
      bound,
      (key) => facts.get(key)?.made,
      (key) => versions.get(key)
    )
    const told = openLineageEvents(events, { run, namespace: `duckdb://${home.warehouseFile}`, bound, facts })
    yield* Effect.ignore(append(join(home.path, "openlineage.jsonl"), told))
    yield* Effect.ignore(lineageEvents.keep(told))
    const url = yield* Effect.orElseSucceed(Config.option(Config.String("ASSAY_OPENLINEAGE_URL")), () => Option.none())
    if (Option.isSome(url)) yield* Effect.ignore(Effect.timeout(post(url.value, told), longestPost))
  },
  (told) => Effect.catchDefect(Effect.ignore(told), () => Effect.void)
)

const append = (file: string, events: ReadonlyArray<OpenLineageEvent>) =>
  Effect.tryPromise(() =>
    appendFile(file, events.map((event) => `${JSON.stringify(event)}\n`).join(""), { mode: 0o600 })
  )

const post = (url: string, events: ReadonlyArray<OpenLineageEvent>) =>
  Effect.forEach(
    events,
    (event) =>
      Effect.tryPromise((signal) =>
        fetch(url, {
          method: "POST",
          headers: { "content-type": "application/json" },
          body: JSON.stringify(event),
          signal
        }).then((answer) => answer.body?.cancel())
      ),
    { discard: true }
  )
