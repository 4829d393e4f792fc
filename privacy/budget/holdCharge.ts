import type { Db } from "#core/records/Records.ts"
import { Refused } from "#core/Refused.ts"
import { deltaUnits } from "./deltaUnits.ts"
import type { Hold } from "./Hold.ts"
import { requireRoom } from "./reserveCharge.ts"

/**
 * Keeps budget free inside a writing transaction of the records: the room is read and the row written with nobody in between, so that of
 * two orders for the last of it exactly one gets it. It touches subjects whole.
 * @param at  ISO instant
 * @throws    Refused `budget.exhausted` or `budget.sub_cap` with nothing written
 */
export function holdCharge(db: Db, population: string, hold: Hold, at: string): void {
  const { id, purpose, buyer, product, rhoUnits, delta, until } = hold
  requireRoom(db, population, { purpose, buyer, product, rhoUnits, delta }, at)
  db.run(
    `insert into budget_hold (id, population, purpose, buyer, product, rho_units, delta_units, held_at, until)
     values ($id, $population, $purpose, $buyer, $product, $rhoUnits, $delta, $at, $until)`,
    { id, population, purpose, buyer, product, rhoUnits, delta: deltaUnits.charge(delta), at, until }
  )
}

/**
 * Keeps a hold until it is charged or released, whatever the clock says.
 * @throws Refused `budget.lapsed` if its time was over: then the room may be another's
 */
export function firmHold(db: Db, id: string, at: string): void {
  const changed = db.run(
    "update budget_hold set until = null where id = $id and outcome is null and (until is null or until > $at)",
    { id, at }
  )
  if (changed > 0) return
  throw new Refused({
    code: "budget.lapsed",
    message: "What was held of the privacy budget for this order was given back, since it was not paid in time.",
    fix: "Nothing was charged: ask for a new quote and order again while the budget allows it.",
    where: { field: "order" }
  })
}

/** Gives a hold back; false if there was none left. */
export function releaseHold(db: Db, id: string, at: string): boolean {
  return (
    db.run("update budget_hold set outcome = 'released', ended_at = $at where id = $id and outcome is null", {
      id,
      at
    }) > 0
  )
}
