/** A process that answers a schedule for every minute of a clock that leaps, over and over, until it is killed; see kill.test.ts. */
import { appendFileSync } from "node:fs"
import { Context, Effect, Layer } from "effect"
import { TestClock } from "effect/testing"
import { Records } from "#core/records/Records.ts"
import { NodeServices } from "@effect/platform-node"
import { Automation } from "#pipelines/automation/Automation.ts"
import { automationMigrations } from "#pipelines/automation/migrations.ts"
import type { Asset } from "#pipelines/engine/Asset.ts"
import { Engine } from "#pipelines/engine/Engine.ts"
import type { AssetFacts } from "#pipelines/engine/Engine.ts"
import { engineMigrations } from "#pipelines/engine/migrations.ts"
import { Connections } from "#pipelines/sources/Connections.ts"

const [, , file, journal] = process.argv as [string, string, string, string]
const asset: Asset = {
  key: "core.beat",
  kind: "full",
  group: "test",
  owners: [],
  description: { en: "", zh: "" },
  deps: [],
  grain: [],
  checks: [],
  sql: "select 1 as n"
}
const facts: ReadonlyArray<AssetFacts> = [
  {
    asset,
    state: { state: "new" },
    made: undefined,
    checks: [],
    freshness: undefined,
    partitions: undefined,
    readers: []
  }
]
const engine = Layer.succeed(Engine, { facts: Effect.succeed(facts) } as unknown as Context.Service.Shape<
  typeof Engine
>)
const layer = Automation.layer.pipe(
  Layer.provideMerge(engine),
  Layer.provideMerge(Connections.layer),
  Layer.provideMerge(Records.layer(file, [...engineMigrations, ...automationMigrations])),
  Layer.provideMerge(NodeServices.layer),
  Layer.provideMerge(TestClock.layer())
)

const program = Effect.gen(function* () {
  const automation = yield* Automation
  const records = yield* Records
  if ((yield* automation.rules).length === 0) {
    yield* automation.add({ name: "minutely", selection: "core.beat", condition: 'cron("* * * * *")' })
    yield* automation.look
  }
  // The clock goes on where the last process left it: one minute after the last answered one.
  const [row] = yield* records.read((db) => db.all<{ answered: number }>("select answered from automation_cursor"))
  yield* TestClock.setTime(row!.answered)
  for (;;) {
    const asked = yield* automation.look
    yield* automation.work((selection) =>
      Effect.sync(() => {
        appendFileSync(journal, `${selection}\n`)
        return { run: "run_x", made: [], skipped: [], failed: [], blocked: [], notices: [] }
      })
    )
    if (asked === undefined) yield* TestClock.adjust("1 minute")
  }
})
await Effect.runPromise(Effect.provide(program, layer) as Effect.Effect<never, unknown>)
