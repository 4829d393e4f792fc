import { assert, describe, it } from "@effect/vitest"
import { Clock, Effect } from "effect"
import { Refused } from "#core/Refused.ts"
import { Unavailable } from "#core/Unavailable.ts"
import { Warehouse } from "#core/warehouse/Warehouse.ts"
import { wasFenced } from "#pipelines/engine/holdFence.ts"
import { yieldToFreezes } from "#pipelines/engine/yieldToFreezes.ts"

/** Somebody withdraws after so many milliseconds. */
const after = (millis: number) =>
  Effect.map(Clock.currentTimeMillis, (begun) => Effect.map(Clock.currentTimeMillis, (now) => now - begun >= millis))

describe("work in flight", () => {
  it.live("is what it is when nobody withdraws, and fails as it fails", () =>
    Effect.gen(function* () {
      assert.strictEqual(yield* yieldToFreezes("a", Effect.succeed(false), Effect.succeed(7)), 7)
      const failed = yield* Effect.flip(yieldToFreezes("a", Effect.succeed(false), Effect.fail("mine")))
      assert.strictEqual(failed, "mine")
    })
  )

  it.live("is aborted within two seconds of a withdrawal, while the engine is in the middle of a long statement", () =>
    Effect.gen(function* () {
      const warehouse = yield* Warehouse
      // Hours of work: a cross join that no plan makes shorter.
      const long = warehouse.transaction((session) =>
        session.run(
          "create table core.never as select sum(hash(a.range + b.range)) as n from range(2000000) a, range(2000000) b"
        )
      )
      const overtaken = yield* after(500)
      const begun = yield* Clock.currentTimeMillis
      const error = yield* Effect.flip(yieldToFreezes("core.never", overtaken, long))
      const took = (yield* Clock.currentTimeMillis) - begun - 500
      assert.isTrue(wasFenced(error))
      assert.instanceOf(error, Refused)
      assert.isBelow(took, 2000)
      // Nothing of it is there, and the engine goes on.
      const [found] = yield* warehouse.query<{ n: number }>(
        "select count(*) as n from duckdb_tables() where table_name = 'never'"
      )
      assert.strictEqual(found!.n, 0)
      yield* warehouse.run("create table core.next as select 1 as one")
    }).pipe(Effect.provide(Warehouse.memory))
  )

  it.live(
    "that does not stop is cut loose after five seconds, and what it still does comes to nothing",
    () =>
      Effect.gen(function* () {
        let published = false
        const deaf = Effect.andThen(
          Effect.uninterruptible(Effect.sleep("5300 millis")),
          Effect.sync(() => {
            published = true
          })
        )
        const begun = yield* Clock.currentTimeMillis
        const error = yield* Effect.flip(yieldToFreezes("core.deaf", Effect.succeed(true), deaf))
        const took = (yield* Clock.currentTimeMillis) - begun
        assert.instanceOf(error, Unavailable)
        assert.strictEqual(error.code, "run.killed")
        assert.isBelow(took, 5800)
        yield* Effect.sleep("600 millis")
        assert.isFalse(published)
      }),
    20_000
  )
})
