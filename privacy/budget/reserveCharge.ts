import { newId } from "#core/ids/newId.ts"
import type { Db } from "#core/records/Records.ts"
import type { Charge } from "./Charge.ts"
import { deltaUnits } from "./deltaUnits.ts"
import { firmHold } from "./firmHold.ts"
import type { LedgerEntry } from "./LedgerEntry.ts"
import { readLedger } from "./readLedger.ts"
import { requireRoom } from "./requireRoom.ts"

/**
 * Puts a charge into the ledger, inside a writing transaction of the records: the sum is read and the row written with
 * nobody in between, so that concurrent charges can never pass the cap together.
 *
 * A charge that touches one month alone must fit beside what touched all months and what touched that one; any other
 * charge touches every month, so it must fit beside the fullest of them.
 *
 * A plan is charged once per period. If it was before, that entry is returned as it stands, open or committed.
 * @throws Refused `budget.exhausted` with nothing written
 */
export function reserveCharge(
  db: Db,
  population: string,
  ask: Charge,
  at: string
): { readonly entry: LedgerEntry; readonly fresh: boolean } {
  const { planHash, period, kind } = ask
  const earlier = readLedger(db, { planHash, period, kind })[0]
  if (earlier !== undefined) return { entry: earlier, fresh: false }

  requireRoom(db, population, ask, at)
  // Given back meanwhile: nobody waits for this release any more.
  if (ask.hold !== undefined) firmHold(db, ask.hold, at)

  const releaseId = newId("rel")
  db.run(
    `insert into budget_entry (release_id, population, kind, period, epoch, purpose, buyer, product, plan_hash, month, rho_units, delta_units, reserved_at)
     values ($releaseId, $population, $kind, $period, (select value from epoch), $purpose, $buyer, $product, $planHash, $month, $rho, $delta, $at)`,
    {
      releaseId,
      population,
      kind,
      period,
      purpose: ask.purpose,
      buyer: ask.buyer,
      product: ask.product,
      planHash,
      month: ask.month ?? null,
      rho: ask.rhoUnits,
      delta: deltaUnits.charge(ask.delta),
      at
    }
  )
  if (ask.hold !== undefined) {
    db.run(
      `update budget_hold set outcome = 'charged', ended_at = $at, release_id = $releaseId
       where id = $hold and outcome is null`,
      { hold: ask.hold, at, releaseId }
    )
  }
  return { entry: readLedger(db, { releaseId })[0]!, fresh: true }
}
