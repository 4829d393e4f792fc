import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { TestClock } from "effect/testing"
import { Consent } from "#privacy/consent/Consent.ts"
import { signGrant } from "#privacy/consent/grant/grantToken.ts"
import { Guard } from "#privacy/consent/guard/Guard.ts"
import { grantOf, testHome } from "./consentLayer.ts"
import { declared, guardLayer, landSubjects } from "./guardLayer.ts"

describe("those who ask the guard at the same time", () => {
  it.effect("all get an answer as of the newest grant, however many take it over at once", () =>
    Effect.gen(function* () {
      const now = 100
      yield* TestClock.setTime(now * 1000)
      yield* landSubjects("t", 1, declared, 40)
      const [guard, consent] = [yield* Guard, yield* Consent]
      yield* guard.sync
      for (const subject of [1, 2, 3]) {
        yield* consent.accept(signGrant(testHome, grantOf(yield* consent.draft(subject), now, { exp: now + 50 })))
        const epoch = yield* consent.epoch
        const all = yield* Effect.all(
          Array.from({ length: 12 }, () => guard.sync),
          { concurrency: "unbounded" }
        )
        assert.deepStrictEqual(new Set(all), new Set([epoch]))
      }
    }).pipe(Effect.provide(guardLayer))
  )
})
