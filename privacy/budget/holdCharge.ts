import type { Db } from "#core/records/Records.ts"
import { deltaUnits } from "./deltaUnits.ts"
import type { Hold } from "./Hold.ts"
import { requireRoom } from "./requireRoom.ts"

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
