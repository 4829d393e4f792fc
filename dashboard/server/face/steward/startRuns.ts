import { Clock, Effect } from "effect"
import { Consent } from "#privacy/consent/Consent.ts"
import { Engine } from "#pipelines/engine/Engine.ts"
import { assetGraph } from "#pipelines/engine/AssetGraph.ts"
import { selectAssets } from "#pipelines/engine/selectAssets.ts"
import { reckon } from "#pricing/evidence/reckon.ts"
import { settleRun } from "../../../terminal/settleRun.ts"
import type { Begun } from "../../../api/steward/Begun.ts"

const begun: Begun = { accepted: true }

const today = Effect.map(Clock.currentTimeMillis, (millis) => new Date(millis).toISOString().slice(0, 10))

/** Begins a run and answers at once; how it goes stands in its events. A selection that names nothing is refused before. */
export const startRun = Effect.fn("startRun")(function* (selection: string) {
  const engine = yield* Engine
  const graph = assetGraph((yield* engine.facts).map(({ asset }) => asset))
  yield* reckon(() => selectAssets(graph, selection, () => false))
  const epoch = yield* (yield* Consent).epoch
  const work = Effect.gen(function* () {
    const report = yield* engine.run({ selection, asOf: yield* today, onEvent: () => undefined })
    if (selection === "" && report.failed.length === 0) yield* settleRun(epoch)
  })
  yield* Effect.forkDetach(Effect.ignore(work))
  return begun
})

/** Goes on with a failed run, and answers at once. */
export const resumeRun = Effect.fn("resumeRun")(function* (run: string) {
  const engine = yield* Engine
  const asOf = yield* today
  yield* Effect.forkDetach(Effect.ignore(engine.resume(run, { asOf, onEvent: () => undefined })))
  return begun
})
