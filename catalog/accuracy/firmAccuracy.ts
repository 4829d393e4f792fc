import type { Db } from "#core/records/Records.ts"
import type { Budget } from "#privacy/budget/Budget.ts"
import { readAccuracyRelease } from "./readAccuracyRelease.ts"

/**
 * Keeps what an order has reserved for good, in the transaction that notes its payment; nothing where it reserved nothing, or where its
 * release stands already.
 *
 * @param now  ISO instant
 * @throws     Refused `budget.lapsed` if the reservation has lapsed: the money must not be taken
 */
export function firmAccuracy(db: Db, budget: Budget["Service"], order: string, now: string): void {
  const found = db.get<{ version: string; offer: string }>(
    "select version_id as version, offer from accuracy_order where order_id = $order",
    { order }
  )
  if (found === undefined || readAccuracyRelease(db, found.version, found.offer) !== undefined) return
  budget.firm(db, order, now)
}
