import { assert, describe, it } from "@effect/vitest"
import { Effect, Fiber } from "effect"
import { TestClock } from "effect/testing"
import { BadInput } from "#core/BadInput.ts"
import { Unavailable } from "#core/Unavailable.ts"
import type { Asset } from "#pipelines/engine/Asset.ts"
import { inOrder } from "#pipelines/engine/inOrder.ts"
import { retryOf } from "#pipelines/engine/retryOf.ts"
import type { Retry } from "#pipelines/engine/retryOf.ts"
import type { RetryPolicy } from "#pipelines/engine/RetryPolicy.ts"
import { openEngine, plainAsset } from "./openEngine.ts"

const retry = { times: 3, delayMillis: 1000 }
const away = new Unavailable({ code: "test.away", message: "It is away.", fix: "Wait." })
const bad = new BadInput({ code: "test.bad", message: "It is bad.", fix: "Mend it." })

/** Work that fails with these errors before it succeeds. */
const failing = (errors: ReadonlyArray<BadInput | Unavailable>) => {
  const counted = { tries: 0 }
  const work = Effect.suspend(() => {
    const error = errors[counted.tries++]
    return error === undefined ? Effect.void : Effect.fail(error)
  })
  return { counted, work }
}

const tried = (policy: RetryPolicy | undefined, errors: ReadonlyArray<BadInput | Unavailable>) =>
  Effect.gen(function* () {
    const { counted, work } = failing(errors)
    const retried: Array<Retry> = []
    const tell = (one: Retry) => Effect.sync(() => void retried.push(one))
    const fiber = yield* Effect.forkChild(Effect.result(retryOf(policy, tell)(work)))
    yield* TestClock.adjust("1 hour")
    return { retried, outcome: (yield* Fiber.join(fiber))._tag, tries: counted.tries }
  })

describe("retry policy", () => {
  it.effect("tries again what was unavailable, waits longer each time, varies the waits and tells each try", () =>
    Effect.gen(function* () {
      const { retried, outcome, tries } = yield* tried(retry, [away, away, away, away])
      assert.deepStrictEqual(
        retried.map(({ attempt, code }) => [attempt, code]),
        [1, 2, 3].map((attempt) => [attempt, "test.away"])
      )
      for (const [i, { waitMillis }] of retried.entries()) {
        assert.isAtLeast(waitMillis, 800 * 2 ** i)
        assert.isAtMost(waitMillis, 1200 * 2 ** i)
      }
      assert.deepStrictEqual([tries, outcome], [4, "Failure"])
      assert.deepStrictEqual((yield* tried(retry, [away, away])).outcome, "Success")
    })
  )

  it.effect("waits evenly and exactly where the policy says so", () =>
    Effect.gen(function* () {
      const { retried } = yield* tried({ ...retry, factor: 1, jitter: false }, [away, away, away])
      assert.deepStrictEqual(
        retried.map(({ waitMillis }) => waitMillis),
        [1000, 1000, 1000]
      )
    })
  )

  it.effect("never tries bad input again, nor anything without a policy, nor from the moment it is bad", () =>
    Effect.gen(function* () {
      assert.strictEqual((yield* tried(retry, [bad])).tries, 1)
      assert.strictEqual((yield* tried(undefined, [away])).tries, 1)
      assert.strictEqual((yield* tried(retry, [away, bad])).tries, 2)
    })
  )

  it.live("is kept by a run, which notes each further try", () => {
    const { counted, work } = failing([away, away])
    const asset: Asset = { ...plainAsset, key: "raw.orders", kind: "source", retry: { ...retry, delayMillis: 1 } }
    return openEngine(
      [asset],
      ({ run, runs, warehouse }) =>
        Effect.gen(function* () {
          yield* warehouse.run("create table raw.orders as select 1 as id")
          const { run: id, made } = yield* run()
          assert.deepStrictEqual([made, counted.tries], [["raw.orders"], 3])
          assert.deepStrictEqual(
            (yield* runs.events(id)).map(({ type }) => type),
            ["planned", "started", "retried", "retried", "materialized", "finished"]
          )
        }),
      () => Effect.as(work, { changed: true, dataVersion: "v", rows: 1, notices: [] })
    )
  })
})

describe("inOrder", () => {
  const assets = ["a", "b", "c", "d", "e", "f"].map((key): Asset => ({
    ...plainAsset,
    key,
    kind: "full",
    deps: key === "f" ? ["a", "e"] : [],
    ...(key < "d" ? { pool: { name: "crm", limit: key === "a" ? 2 : 5 } } : {})
  }))
  const busiest = (parallel: number) =>
    Effect.gen(function* () {
      const [now, most, pooled, mostPooled, order] = [
        new Set<string>(),
        [0],
        new Set<string>(),
        [0],
        [] as Array<string>
      ]
      const fiber = yield* Effect.forkChild(
        inOrder(assets, parallel, ({ key, pool }) =>
          Effect.gen(function* () {
            now.add(key)
            if (pool !== undefined) pooled.add(key)
            most[0] = Math.max(most[0]!, now.size)
            mostPooled[0] = Math.max(mostPooled[0]!, pooled.size)
            yield* Effect.sleep("1 second")
            now.delete(key)
            pooled.delete(key)
            order.push(key)
          })
        )
      )
      yield* TestClock.adjust("1 minute")
      yield* Fiber.join(fiber)
      return { most: most[0], mostPooled: mostPooled[0], order }
    })

  it.effect(
    "works on as many at a time as asked, on no more of a pool than its smallest limit, and after what is read",
    () =>
      Effect.gen(function* () {
        assert.deepStrictEqual(yield* busiest(1), { most: 1, mostPooled: 1, order: ["a", "b", "c", "d", "e", "f"] })
        const wide = yield* busiest(10)
        assert.deepStrictEqual([wide.most, wide.mostPooled], [4, 2])
        assert.isAbove(wide.order.indexOf("f"), wide.order.indexOf("e"))
        assert.isAtMost((yield* busiest(3)).most!, 3)
      })
  )
})
