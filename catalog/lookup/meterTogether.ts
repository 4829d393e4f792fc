import { Deferred, Effect, Queue } from "effect"
import { newId } from "#core/ids/newId.ts"
import { Records } from "#core/records/Records.ts"
import type { Db, RecordsError } from "#core/records/Records.ts"
import type { Refused } from "#core/Refused.ts"
import { callMeter } from "../trial/tariffOf.ts"
import { useTrial } from "../trial/useTrial.ts"
import { recordUsage } from "../usage/recordUsage.ts"
import type { UsageEvent } from "../usage/UsageEvent.ts"

/** One lookup that is to be counted before it is answered. */
export interface Lookedup {
  readonly key: string
  readonly buyer: string
  readonly trial: string | undefined
  readonly product: string
  readonly version: string
  /** Rows that the answer gives; a miss counts as one. */
  readonly outputs: number
  /** ISO instant. */
  readonly at: string
}

interface Waiting {
  readonly one: Lookedup
  readonly done: Deferred.Deferred<void, RecordsError>
}

/** The meter of lookups in what was bought: shown, not charged. */
const ownedMeter = "lookup.owned"

/**
 * Counts lookups, each before it is answered, and all that wait at one moment in one transaction: a flush to the disk for each would allow
 * some hundred a second. One that passes a bound of its trial fails alone.
 *
 * @returns the effect that counts one, until the scope closes
 */
export const meterTogether = Effect.gen(function* () {
  const records = yield* Records
  const queue = yield* Queue.unbounded<Waiting>()
  const flush = Effect.gen(function* () {
    const waiting = yield* Queue.takeAll(queue)
    const outcome = yield* Effect.result(
      records.write((db) =>
        count(
          db,
          waiting.map(({ one }) => one)
        )
      )
    )
    for (const [i, { done }] of waiting.entries()) {
      const refused = outcome._tag === "Failure" ? outcome.failure : outcome.success[i]
      yield* refused === undefined ? Deferred.succeed(done, undefined) : Deferred.fail(done, refused)
    }
  })
  yield* Effect.forkScoped(Effect.forever(flush))
  return Effect.fnUntraced(function* (one: Lookedup) {
    const done = yield* Deferred.make<void, RecordsError>()
    yield* Queue.offer(queue, { one, done })
    yield* Deferred.await(done)
  })
})

function count(db: Db, lookups: ReadonlyArray<Lookedup>): ReadonlyArray<Refused | undefined> {
  const refusals = lookups.map(({ trial, outputs, at }) =>
    trial === undefined ? undefined : useTrial(db, trial, outputs, at)
  )
  const counted = lookups.filter((_, i) => refusals[i] === undefined)
  for (const [buyer, own] of Map.groupBy(counted, (one) => one.buyer)) {
    const latest = own.reduce((last, { at }) => (at > last ? at : last), "")
    recordUsage(db, buyer, own.map(eventOf), latest)
  }
  for (const [key, own] of Map.groupBy(counted, (one) => one.key)) {
    db.run("update api_key set last_used_at = $at where id = $key", { key, at: own.at(-1)!.at })
  }
  return refusals
}

const eventOf = ({ key, trial, product, version, outputs, at }: Lookedup): UsageEvent => ({
  specversion: "1.0",
  type: "assay.usage",
  source: key,
  id: newId("use"),
  time: at,
  data: { meter: trial === undefined ? ownedMeter : callMeter, product, version, quantity: outputs }
})
