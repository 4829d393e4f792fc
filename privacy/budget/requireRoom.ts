import type { Db } from "#core/records/Records.ts"
import { Refused } from "#core/Refused.ts"
import { rhoUnits } from "../dp/accounting/rhoUnits.ts"
import type { Charge } from "./Charge.ts"
import { checkSubCaps } from "./checkSubCaps.ts"
import { deltaUnits } from "./deltaUnits.ts"
import { heldUnits } from "./heldUnits.ts"
import { spentBeside } from "./spentBeside.ts"

/** What decides whether a charge or a hold fits. */
type Room = Pick<Charge, "purpose" | "buyer" | "product" | "rhoUnits" | "delta" | "month" | "roomUnits" | "hold">

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
