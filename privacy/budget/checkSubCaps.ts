import { Refused } from "#core/Refused.ts"
import type { Db } from "#core/records/Records.ts"
import { rhoUnits } from "../dp/accounting/rhoUnits.ts"
import type { Charge } from "./Charge.ts"
import { heldUnits } from "./heldUnits.ts"
import { readSubCaps } from "./readSubCaps.ts"

/**
 * Holds a charge against the sub-caps of its buyer and its product, inside the transaction that writes it.
 * @param room  units that must fit, beside what is held
 * @param at    ISO instant
 * @throws      Refused `budget.sub_cap`
 */
export function checkSubCaps(
  db: Db,
  population: string,
  ask: Pick<Charge, "buyer" | "product" | "hold">,
  room: bigint,
  at: string
): void {
  const caps = readSubCaps(db, population).filter(
    ({ scope, name }) => name === (scope === "buyer" ? ask.buyer : ask.product)
  )
  for (const { scope, name, cap, spent } of caps) {
    const held = heldUnits(db, population, at, {
      scope,
      name,
      ...(ask.hold === undefined ? {} : { except: ask.hold })
    })
    const left = BigInt(cap) - BigInt(spent.rho) - BigInt(held.rho)
    if (room <= left) continue
    const show = (units: bigint): string => rhoUnits.toRho(units > 0n ? units : 0n).toPrecision(5)
    const whose = scope === "buyer" ? `the buyer ${ask.buyer}` : `the product ${ask.product}`
    throw new Refused({
      code: "budget.sub_cap",
      message: `The release of ${ask.product} asks for rho ${show(room)}, but ${show(left)} is left of the sub-cap ${show(BigInt(cap))} of ${whose}.`,
      fix: `Lower epsilon until the release needs at most rho ${show(left)}, or have two admins raise the sub-cap.`,
      where: { field: "release.epsilon" }
    })
  }
}
