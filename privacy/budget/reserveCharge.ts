import { newId } from "#core/ids/newId.ts"
import { Refused } from "#core/Refused.ts"
import type { Db } from "#core/records/Records.ts"
import { rhoUnits } from "../dp/accounting/rhoUnits.ts"
import type { Charge } from "./Charge.ts"
import { checkSubCaps } from "./checkSubCaps.ts"
import { deltaUnits } from "./deltaUnits.ts"
import { heldUnits } from "./heldUnits.ts"
import type { LedgerEntry } from "./LedgerEntry.ts"
import { readLedger } from "./readLedger.ts"
import { spentBeside } from "./spentBeside.ts"

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

/** What decides whether a charge or a hold fits. */
export type Room = Pick<Charge, "purpose" | "buyer" | "product" | "rhoUnits" | "delta" | "month" | "roomUnits" | "hold">

/**
 * Holds what is asked against the cap less all that is spent and all that is held, and against the sub-caps.
 * @throws Refused `budget.exhausted` or `budget.sub_cap`
 */
export function requireRoom(db: Db, population: string, ask: Room, at: string): void {
  const delta = deltaUnits.charge(ask.delta)
  const room = ask.roomUnits ?? ask.rhoUnits
  if (ask.rhoUnits <= 0n || room < ask.rhoUnits) throw new RangeError("a charge is positive and within its room")
  const cap = db.get<{ rho: number; delta: number }>(
    "select rho_units as rho, delta_units as delta from budget_cap where population = $population",
    { population }
  )!
  const spent = spentBeside(db, population, ask.month)
  const held = heldUnits(db, population, at, ask.hold === undefined ? {} : { except: ask.hold })
  const leftRho = BigInt(cap.rho) - BigInt(spent.rho) - BigInt(held.rho)
  const leftDelta = BigInt(cap.delta) - BigInt(spent.delta) - BigInt(held.delta)
  if (room > leftRho || delta > leftDelta) throw exhausted(ask, room, leftRho, delta, leftDelta, cap)
  checkSubCaps(db, population, ask, room, at)
}

const digits = (value: number): string => value.toPrecision(5)

function exhausted(
  ask: Room,
  room: bigint,
  leftRho: bigint,
  delta: bigint,
  leftDelta: bigint,
  cap: { readonly rho: number; readonly delta: number }
): Refused {
  const rho = room > leftRho
  const [asked, left, whole] = rho
    ? [rhoUnits.toRho(room), rhoUnits.toRho(leftRho > 0n ? leftRho : 0n), rhoUnits.toRho(BigInt(cap.rho))]
    : [deltaUnits.toDelta(delta), deltaUnits.toDelta(leftDelta > 0n ? leftDelta : 0n), deltaUnits.toDelta(cap.delta)]
  const unit = rho ? "rho" : "delta"
  return new Refused({
    code: "budget.exhausted",
    message:
      `The release of ${ask.product} asks for ${unit} ${digits(asked)}, but ${digits(left)} is left of the cap ` +
      `${digits(whole)} that all products and buyers share for all time.`,
    fix:
      left === 0
        ? "Nothing more can be released from these subjects: sell the versions that exist, or have two admins raise the cap."
        : `Lower ${rho ? "epsilon" : "delta"} until the release needs at most ${unit} ${digits(left)}, release less often, or have two admins raise the cap.`,
    where: { field: rho ? "release.epsilon" : "release.delta" }
  })
}
