import { Clock, Effect } from "effect"
import { Records } from "#core/records/Records.ts"
import { Consent } from "#privacy/consent/Consent.ts"
import { Engine } from "#pipelines/engine/Engine.ts"
import { assetGraph } from "#pipelines/engine/AssetGraph.ts"
import { selectAssets } from "#pipelines/engine/selectAssets.ts"
import { reckon } from "#pricing/evidence/reckon.ts"
import { settleRun } from "../../../terminal/settleRun.ts"
import type { Begun } from "../../../api/steward/Begun.ts"
import type { RunDesk } from "./RunDesk.ts"
import { unknownRun } from "./unknownRun.ts"

const begun: Begun = { accepted: true }

const today = Effect.map(Clock.currentTimeMillis, (millis) => new Date(millis).toISOString().slice(0, 10))

/** Begins a run and answers at once; how it goes stands in its events. A selection that names nothing is refused before. */
export const startRun = Effect.fn("startRun")(function* (desk: RunDesk, selection: string) {
  const engine = yield* Engine
  const graph = assetGraph((yield* engine.facts).map(({ asset }) => asset))
  yield* reckon(() => selectAssets(graph, selection, () => false))
  const epoch = yield* (yield* Consent).epoch
  yield* desk.begin((onEvent) =>
    Effect.gen(function* () {
      const report = yield* engine.run({ selection, asOf: yield* today, onEvent })
      if (selection === "" && report.failed.length === 0) yield* settleRun(epoch)
    })
  )
  return begun
})

/** Goes on with a failed run, and answers at once. */
export const resumeRun = Effect.fn("resumeRun")(function* (desk: RunDesk, run: string) {
  const engine = yield* Engine
  const asOf = yield* today
  yield* stateOf(run)
  yield* desk.begin((onEvent) => engine.resume(run, { asOf, onEvent }))
  return begun
})

/** Stops a run that was begun here, and answers at once. */
export const stopRun = Effect.fn("stopRun")(function* (desk: RunDesk, run: string) {
  // One that has ended is not the one under way.
  if ((yield* stateOf(run)) === "running") yield* desk.stop
  return begun
})

const stateOf = Effect.fnUntraced(function* (run: string) {
  const found = yield* (yield* Records).read((db) =>
    db.get<{ state: string }>("select state from run where id = $run", { run })
  )
  return found === undefined ? yield* unknownRun() : found.state
})
