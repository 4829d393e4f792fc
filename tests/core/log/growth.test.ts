import { assert, describe, it } from "@effect/vitest"
import { Effect, Layer } from "effect"
import { TestClock } from "effect/testing"
import { Log } from "#core/log/Log.ts"
import { logMigrations } from "#core/log/migrations.ts"
import { Records } from "#core/records/Records.ts"

const services = Log.memory.pipe(Layer.provideMerge(Records.memory(logMigrations)))

describe("how the log grew", () => {
  it.effect("is kept by the minute where the tree grew, and never goes back with the clock", () =>
    Effect.gen(function* () {
      const [log, records] = [yield* Log, yield* Records]
      const grown = (minute: number, entries: number) =>
        Effect.gen(function* () {
          yield* TestClock.setTime(minute * 60_000)
          yield* records.write((db) => {
            for (let i = 0; i < entries; i++) {
              log.append(db, { type: "use", operation: `op_${minute}_${i}`, commitment: "0".repeat(64) })
            }
          })
          yield* log.drain
          return yield* records.read((db) =>
            db.all<{ minute: number; size: number }>("select minute, size from log_growth order by minute")
          )
        })
      assert.deepStrictEqual(yield* grown(100, 0), [])
      assert.deepStrictEqual(yield* grown(100, 2), [{ minute: 100, size: 2 }])
      assert.deepStrictEqual(yield* grown(100, 1), [{ minute: 100, size: 3 }])
      // Nothing new: nothing is written.
      assert.deepStrictEqual(yield* grown(105, 0), [{ minute: 100, size: 3 }])
      assert.deepStrictEqual(yield* grown(107, 1), [
        { minute: 100, size: 3 },
        { minute: 107, size: 4 }
      ])
      assert.deepStrictEqual((yield* grown(90, 1)).at(-1), { minute: 107, size: 5 })
    }).pipe(Effect.provide(services))
  )
})
