import { Effect } from "effect"
import { Records } from "#core/records/Records.ts"
import { quoteIdentifier } from "#core/warehouse/quoteIdentifier.ts"
import { Warehouse } from "#core/warehouse/Warehouse.ts"
import type { LedgerEntry } from "#privacy/budget/LedgerEntry.ts"

/** A permit is no older than this when the charge is reserved under it. */
const permitSeconds = 60

/**
 * Drops what a release drew before a crash when somebody has withdrawn since: it may hold them. It never left the house, so drawing again under
 * the same charge is what the protocol allows anyway.
 */
export const forgetStaleDraw = Effect.fn("forgetStaleDraw")(function* ({ releaseId, reservedAt }: LedgerEntry) {
  const since = Math.floor(Date.parse(reservedAt) / 1000) - permitSeconds
  const withdrawn = yield* (yield* Records).read((db) =>
    db.get("select 1 as one from consent_change where state <> 'ACTIVE' and at >= $since limit 1", { since })
  )
  if (withdrawn !== undefined) yield* forgetDraw(releaseId)
})

/** Drops the drawn tables of a release that was not published, and the bounds that were found for it. */
export const forgetDraw = Effect.fn("forgetDraw")(function* (releaseId: string) {
  const warehouse = yield* Warehouse
  yield* (yield* Records).write((db) => db.run("delete from found_bounds where release_id = $releaseId", { releaseId }))
  for (const name of [releaseId, `${releaseId}_widths`]) {
    yield* warehouse.run(`drop table if exists ${quoteIdentifier("release", name)}`)
  }
})
