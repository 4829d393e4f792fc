import { assert, describe, it } from "@effect/vitest"
import { Deferred, Effect, Exit, Fiber, Result } from "effect"
import { RunDesk } from "#dashboard/server/face/steward/RunDesk.ts"

describe("the desk of runs", () => {
  it.effect("stops the run that it began and has planned, and forgets it when it has ended", () =>
    Effect.gen(function* () {
      const desk = new RunDesk()
      const planned = yield* Deferred.make<void>()
      const ended = yield* Deferred.make<Exit.Exit<never>>()
      yield* desk.begin((onEvent) =>
        Effect.gen(function* () {
          yield* Effect.yieldNow
          onEvent({ type: "planned", assets: ["core.order"] })
          yield* Deferred.succeed(planned, undefined)
          return yield* Effect.never
        }).pipe(Effect.onExit((exit) => Deferred.succeed(ended, exit)))
      )
      yield* Deferred.await(planned)
      assert.isTrue(desk.isUnderWay)
      yield* desk.stop
      assert.isTrue(Exit.hasInterrupts(yield* Deferred.await(ended)))
      while (desk.isUnderWay) yield* Effect.yieldNow
      const again = yield* Effect.result(desk.stop)
      assert.isTrue(Result.isFailure(again) && again.failure.code === "run.stop")
    })
  )

  it.effect("stops what runs and not what waits behind it, and is not told of failures", () =>
    Effect.gen(function* () {
      const desk = new RunDesk()
      const first = yield* Deferred.make<void>()
      const gate = yield* Deferred.make<void>()
      const over = yield* Deferred.make<void>()
      yield* desk.begin((onEvent) =>
        Effect.gen(function* () {
          yield* Effect.yieldNow
          onEvent({ type: "planned", assets: [] })
          yield* Deferred.succeed(first, undefined)
          return yield* Effect.never
        }).pipe(Effect.ensuring(Deferred.succeed(over, undefined)))
      )
      // Waits for the engine, so it has planned nothing.
      const waited = yield* Deferred.make<void>()
      yield* desk.begin(() => Effect.andThen(Deferred.await(gate), Deferred.succeed(waited, undefined)))
      yield* desk.begin(() => Effect.fail("no such run"))
      yield* Deferred.await(first)
      yield* desk.stop
      yield* Deferred.await(over)
      yield* Deferred.succeed(gate, undefined)
      const fiber = yield* Effect.forkChild(Deferred.await(waited))
      yield* Fiber.join(fiber)
    })
  )
})
