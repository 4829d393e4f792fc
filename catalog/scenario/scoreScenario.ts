import { canonicalJson } from "#core/json/canonicalJson.ts"
import type { Db } from "#core/records/Records.ts"
import { fit } from "#pricing/fit/fit.ts"
import type { FitScore } from "#pricing/fit/fit.ts"
import type { Scenario } from "#pricing/scenario/Scenario.ts"
import type { ProductVersion } from "../product/ProductVersion.ts"
import { askingForTime, offeredBy } from "./offeredBy.ts"

/** How well a version fits a scenario at a moment. */
export const fitVersion = (scenario: Scenario, version: ProductVersion, at: string): FitScore => {
  const asking = askingForTime(scenario)
  return fit(asking, offeredBy(version, asking, at), at)
}

/** Scores a stored scenario on a version and keeps the score. */
export function scoreScenario(db: Db, scenario: Scenario, version: ProductVersion, at: string): FitScore {
  const score = fitVersion(scenario, version, at)
  db.run(
    `insert into scenario_fit (scenario, version_id, fit, gate, document, scored_at)
     values ($scenario, $version, $fit, $gate, $document, $at)
     on conflict (scenario, version_id) do update
       set fit = excluded.fit, gate = excluded.gate, document = excluded.document, scored_at = excluded.scored_at`,
    {
      scenario: scenario.scenario,
      version: version.id,
      fit: score.fit.value,
      gate: score.gate ? 1 : 0,
      document: canonicalJson(score),
      at
    }
  )
  return score
}

/** Scores every stored scenario on a version that has just been listed, in the same transaction. */
export function scoreNewVersion(db: Db, version: ProductVersion): void {
  const stored = db.all<{ document: string }>("select document from scenario order by name")
  for (const { document } of stored) scoreScenario(db, JSON.parse(document) as Scenario, version, version.listedAt)
}
