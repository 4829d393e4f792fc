import { Effect } from "effect"
import { evaluateChecks } from "./evaluateChecks.ts"
import type { CheckResult } from "./evaluateChecks.ts"
import { lookAround } from "./lookAround.ts"
import { quoteKey } from "./madeTable.ts"
import { resolveAsset } from "./makeAsset.ts"
import { Runs } from "./Runs.ts"
import { selectAssets } from "./selectAssets.ts"

export interface CheckedAsset {
  readonly asset: string
  readonly checks: ReadonlyArray<CheckResult>
}

/** Evaluates the rules of the selected assets on what is published now, without making anything; the results are kept as of a run. */
export const checkAssets = Effect.fn("checkAssets")(function* (selection: string) {
  const runs = yield* Runs
  const { graph, made, states } = yield* lookAround()
  const chosen = selectAssets(graph, selection, (key) => states.get(key)?.state !== "unchanged")
  const run = yield* runs.begin({ selection, kind: "check" })
  const checked: Array<CheckedAsset> = []
  for (const key of chosen) {
    if (!made.has(key)) continue
    const asset = graph.byKey.get(key)!
    const { rules } = yield* resolveAsset(asset)
    if (rules.length === 0) continue
    const checks = yield* evaluateChecks(asset, rules, quoteKey(key), run)
    yield* runs.note(run, { type: "checked", asset: key, checks })
    checked.push({ asset: key, checks })
  }
  yield* runs.note(run, { type: "finished", state: "done" })
  return checked
})
