import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { TestClock } from "effect/testing"
import { Records } from "#core/records/Records.ts"
import { Consent } from "#privacy/consent/Consent.ts"
import { signGrant } from "#privacy/consent/grant/grantToken.ts"
import { Guard } from "#privacy/consent/guard/Guard.ts"
import type { Operation } from "#privacy/consent/Operation.ts"
import { grantOf, permission, testHome } from "./consentLayer.ts"
import { declared, guardLayer, landSubjects } from "./guardLayer.ts"

const day = 86_400
/** Small, since the log looks at its outbox four times in every second that the test clock passes. */
const morning = 100
const operation: Operation = {
  actions: ["share"],
  purpose: "dpv:ServiceProvision",
  recipient: "third-party",
  categories: [],
  evidence: 2,
  asOf: 0
}

const seconds = Effect.clockWith((clock) => Effect.map(clock.currentTimeMillis, (millis) => Math.floor(millis / 1000)))

/** How many rows pass an operation that is asked for now, by a step that reads the clock and notes what it did, as all of them do. */
const passing = Effect.gen(function* () {
  const guard = yield* Guard
  const consent = yield* Consent
  const asOf = yield* seconds
  const permit = yield* guard.decide({ ...operation, asOf })
  const count = yield* guard.count(permit, ["core", "t"])
  const record = { permit, asset: "feature.t", run: "r", planDigest: "0".repeat(64), ...count }
  yield* (yield* Records).write((db) => consent.record(db, record, asOf))
  return count.rowsOut
}).pipe(Effect.scoped)

const granted = Effect.gen(function* () {
  yield* TestClock.setTime(morning * 1000)
  yield* landSubjects("t", 1, declared, 3)
  yield* (yield* Guard).sync
  const consent = yield* Consent
  const grant = (exp: number) =>
    Effect.flatMap(consent.draft(1), (draft) =>
      consent.accept(
        signGrant(testHome, grantOf(draft, morning, { exp, rules: [{ ...permission, actions: ["share"] }] }))
      )
    )
  return { consent, grant }
})

describe("a clock that jumps", () => {
  it.effect("never revives a licence that had expired: forward by a minute or a day, and back again", () =>
    Effect.gen(function* () {
      const { grant } = yield* granted
      yield* grant(morning + 30)
      assert.strictEqual(yield* passing, 1)
      yield* TestClock.setTime((morning + 60) * 1000)
      assert.strictEqual(yield* passing, 0)
      yield* TestClock.setTime((morning + 1) * 1000)
      assert.strictEqual(yield* passing, 0)
      yield* TestClock.setTime((morning - 90) * 1000)
      assert.strictEqual(yield* passing, 0)
    }).pipe(Effect.provide(guardLayer))
  )

  it.effect("does not bring a grant into force that begins later, when it comes back", () =>
    Effect.gen(function* () {
      const { consent, grant } = yield* granted
      yield* grant(morning + day)
      const latest = yield* consent.latest
      assert.strictEqual(latest, morning)
      yield* TestClock.setTime((morning - 50) * 1000)
      // The house has lived through the second of the grant; judging by an earlier one would be a choice of whoever sets clocks.
      assert.strictEqual(yield* passing, 1)
      assert.strictEqual(yield* consent.latest, latest)
    }).pipe(Effect.provide(guardLayer))
  )

  it.effect("makes no permit last: it is of no use after 60 s, nor before it was given", () =>
    Effect.gen(function* () {
      yield* granted
      const guard = yield* Guard
      const permit = yield* guard.decide({ ...operation, asOf: morning })
      const scan = Effect.scoped(guard.scan(permit, ["core", "t"]))
      yield* scan
      yield* TestClock.setTime((morning + 60) * 1000)
      yield* scan
      for (const seconds of [morning + 61, morning - 2, morning - 90]) {
        yield* TestClock.setTime(seconds * 1000)
        const error = yield* Effect.flip(scan)
        assert.strictEqual(error._tag === "Refused" ? error.code : error._tag, "permit.expired", String(seconds))
      }
    }).pipe(Effect.scoped, Effect.provide(guardLayer))
  )

  it.effect("takes no grant that had expired when it was refused, once the nonce is gone", () =>
    Effect.gen(function* () {
      const { consent } = yield* granted
      const token = signGrant(testHome, grantOf(yield* consent.draft(1), morning, { exp: morning + 5 }))
      yield* TestClock.setTime((morning + 5) * 1000)
      const late = yield* Effect.flip(consent.accept(token))
      assert.strictEqual(late._tag === "Refused" ? late.code : late._tag, "grant.expired")
      yield* TestClock.setTime((morning + 4) * 1000)
      const again = yield* Effect.flip(consent.accept(token))
      assert.strictEqual(again._tag === "Refused" ? again.code : again._tag, "grant.expired")
    }).pipe(Effect.provide(guardLayer))
  )
})
