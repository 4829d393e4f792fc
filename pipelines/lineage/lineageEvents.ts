import { Clock, Effect } from "effect"
import type { BadInput } from "#core/BadInput.ts"
import { canonicalJson } from "#core/json/canonicalJson.ts"
import { sha256Hex } from "#core/json/sha256Hex.ts"
import { Records } from "#core/records/Records.ts"
import { decodeLineageEvent } from "./decodeLineageEvent.ts"

/** Which events are asked for. */
export interface LineageQuery {
  readonly job?: string | undefined
  readonly run?: string | undefined
  /** The number of the last event seen. */
  readonly after: number
  readonly limit: number
}

/** Of more events than this the oldest go. */
const mostEvents = 100_000

/** Keeps OpenLineage events, our own and those of others, each once however often it is sent; the number of new ones. */
const keep = Effect.fn("lineageEvents.keep")(function* (documents: ReadonlyArray<unknown>) {
  const rows = yield* Effect.try({
    try: () =>
      documents.map((document) => {
        const { eventTime, eventType, run, job } = decodeLineageEvent(document)
        const body = canonicalJson(document)
        return {
          hash: sha256Hex(body),
          eventTime,
          type: eventType ?? null,
          run: run?.runId.toLowerCase() ?? null,
          namespace: job?.namespace ?? null,
          job: job?.name ?? null,
          body
        }
      }),
    catch: (cause) => cause as BadInput
  })
  const at = new Date(yield* Clock.currentTimeMillis).toISOString()
  return yield* (yield* Records).write((db) => {
    let fresh = 0
    for (const row of rows) {
      fresh += db.run(
        `insert or ignore into lineage_event (hash, at, event_time, type, run, job_namespace, job, body)
         values ($hash, $at, $eventTime, $type, $run, $namespace, $job, $body)`,
        { ...row, at }
      )
    }
    db.run("delete from lineage_event where seq <= (select max(seq) from lineage_event) - $most", { most: mostEvents })
    return fresh
  })
})

/** The events asked for, in the order in which they came, and where to go on. */
const read = Effect.fn("lineageEvents.read")(function* ({ job, run, after, limit }: LineageQuery) {
  const rows = yield* (yield* Records).read((db) =>
    db.all<{ seq: number; body: string }>(
      `select seq, body from lineage_event
       where seq > $after and ($job is null or job = $job) and ($run is null or run = $run) order by seq limit $limit`,
      { after, limit, job: job ?? null, run: run?.toLowerCase() ?? null }
    )
  )
  const events = rows.map(({ body }) => JSON.parse(body) as object)
  return { events, next: rows.length === limit ? rows.at(-1)!.seq : null }
})

export const lineageEvents = { keep, read }
