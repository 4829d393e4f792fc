/**
 * A process that makes the 20 assets of `crm20` in a folder, for a test that kills it: `node runToDeath.ts FOLDER ROUND`. It says "ready" when the engine stands, then
 * each event as it is told.
 */
import { writeSync } from "node:fs"
import { Effect } from "effect"
import { Engine } from "#pipelines/engine/Engine.ts"
import { crm20AsOf } from "../../../bench/crm20Assets.ts"
import { crm20Engine } from "../../../bench/crm20Engine.ts"
import { crm20Round } from "./crm20Round.ts"

const [folder, round] = process.argv.slice(2)
const say = (what: unknown): void => void writeSync(1, `${JSON.stringify(what)}\n`)

await Effect.runPromise(
  Effect.gen(function* () {
    const { run } = yield* Engine
    say("ready")
    yield* run({ selection: "", asOf: crm20AsOf, onEvent: say })
  }).pipe(Effect.provide(crm20Engine(folder!, () => crm20Round(Number(round)))))
)
