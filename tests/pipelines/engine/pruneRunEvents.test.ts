import { assert, describe, it } from "@effect/vitest"
import { Effect, Layer } from "effect"
import { TestClock } from "effect/testing"
import { Records } from "#core/records/Records.ts"
import { engineMigrations } from "#pipelines/engine/migrations.ts"
import { pruneRunEvents } from "#pipelines/engine/pruneRunEvents.ts"
import type { RunEvent } from "#pipelines/engine/RunEvent.ts"
import { Runs } from "#pipelines/engine/Runs.ts"

const layer = Layer.provideMerge(Runs.layer, Records.memory(engineMigrations))
const asset = "core.order"
const course: ReadonlyArray<RunEvent> = [
  { type: "planned", assets: [asset] },
  { type: "started", asset },
  { type: "retried", asset, attempt: 1, code: "a.b", waitMillis: 5 },
  { type: "checked", asset, checks: [] },
  { type: "materialized", asset, rows: 3, millis: 5 }
]

const told = (events: ReadonlyArray<RunEvent>, state: "done" | "failed") =>
  Effect.gen(function* () {
    const runs = yield* Runs
    const run = yield* runs.begin({ selection: "" })
    for (const event of [...events, { type: "finished", state } satisfies RunEvent]) yield* runs.note(run, event)
    return run
  })

const types = (run: string) =>
  Effect.map(
    Runs.use((runs) => runs.events(run)),
    (events) => events.map(({ type }) => type)
  )

describe("pruneRunEvents", () => {
  it.effect("keeps facts for ever, and how a run went on for a week", () =>
    Effect.gen(function* () {
      const run = yield* told(course, "done")
      yield* TestClock.adjust("6 days")
      assert.strictEqual(yield* pruneRunEvents(), 0)
      yield* TestClock.adjust("2 days")
      assert.strictEqual(yield* pruneRunEvents(), 2)
      yield* TestClock.adjust("5000 days")
      assert.strictEqual(yield* pruneRunEvents(), 0)
      assert.deepStrictEqual(yield* types(run), ["planned", "checked", "materialized", "finished"])
    }).pipe(Effect.provide(layer))
  )

  it.effect("leaves a run alone that somebody may go on with", () =>
    Effect.gen(function* () {
      const run = yield* told([...course, { type: "skipped", asset, reason: "unchanged" }], "failed")
      const killed = yield* Runs.use((runs) => runs.begin({ selection: "" }))
      yield* Runs.use((runs) => runs.note(killed, { type: "started", asset }))
      yield* TestClock.adjust("400 days")
      assert.strictEqual(yield* pruneRunEvents(), 0)
      assert.lengthOf(yield* types(run), 7)
      const { finished } = yield* Runs.use((runs) => runs.chain(run))
      assert.deepStrictEqual([...finished], [asset])
    }).pipe(Effect.provide(layer))
  )

  it.effect("forgets after a quarter that nothing had to be done, but for the last time", () =>
    Effect.gen(function* () {
      const first = yield* told([{ type: "skipped", asset, reason: "unchanged" }], "done")
      const second = yield* told([{ type: "skipped", asset, reason: "unchanged" }], "done")
      yield* TestClock.adjust("80 days")
      assert.strictEqual(yield* pruneRunEvents(), 0)
      const before = yield* Runs.use((runs) => runs.confirmed)
      yield* TestClock.adjust("20 days")
      assert.strictEqual(yield* pruneRunEvents(), 1)
      assert.deepStrictEqual([yield* types(first), yield* types(second)], [["finished"], ["skipped", "finished"]])
      assert.deepStrictEqual(yield* Runs.use((runs) => runs.confirmed), before)
    }).pipe(Effect.provide(layer))
  )
})
