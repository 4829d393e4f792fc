import type { Db } from "#core/records/Records.ts"
import { Refused } from "#core/Refused.ts"

/**
 * Keeps a hold until it is charged or released, whatever the clock says.
 * @throws Refused `budget.lapsed` if its time was over or it was given back: then the room may be another's
 */
export function firmHold(db: Db, id: string, at: string): void {
  const changed = db.run(
    "update budget_hold set until = null where id = $id and outcome is null and (until is null or until > $at)",
    { id, at }
  )
  if (changed > 0) return
  throw new Refused({
    code: "budget.lapsed",
    message:
      "What was held of the privacy budget for this order was given back: it was not paid in time, or was called off.",
    fix: "Nothing was charged: ask for a new quote and order again while the budget allows it.",
    where: { field: "order" }
  })
}
