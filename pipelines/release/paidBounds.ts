import { Effect } from "effect"
import { Records } from "#core/records/Records.ts"
import type { LedgerEntry } from "#privacy/budget/LedgerEntry.ts"
import type { AggregatePlan } from "#privacy/dp/aggregate/AggregatePlan.ts"
import { findBounds } from "#privacy/dp/range/findBounds.ts"
import type { FoundBounds } from "#privacy/dp/range/findBounds.ts"

/**
 * The bounds that a release has found, or finds now under its charge; kept before anything is drawn with them, so that a release that was
 * interrupted goes on with the same ones.
 */
export const paidBounds = Effect.fn("paidBounds")(function* (
  { releaseId }: LedgerEntry,
  plan: AggregatePlan,
  relation: ReadonlyArray<string>
) {
  if (plan.noise.measures.every(({ range }) => range === undefined)) return []
  const records = yield* Records
  const kept = records.read((db) =>
    db.get<{ bounds: string }>("select bounds from found_bounds where release_id = $releaseId", { releaseId })
  )
  const earlier = yield* kept
  if (earlier === undefined) {
    const bounds = JSON.stringify(yield* findBounds(plan, relation))
    yield* records.write((db) =>
      db.run("insert into found_bounds (release_id, bounds) values ($releaseId, $bounds) on conflict do nothing", {
        releaseId,
        bounds
      })
    )
  }
  return JSON.parse((yield* kept)!.bounds) as ReadonlyArray<FoundBounds>
})
