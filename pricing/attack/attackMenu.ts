import { formatMoney } from "#core/money/formatMoney.ts"
import { Refused } from "#core/Refused.ts"
import { attack } from "./attack.ts"
import type { AttackReport } from "./attack.ts"
import type { PricedOffer } from "./PricedOffer.ts"

/**
 * Attacks every offer of a menu with all the others.
 *
 * @param metered  what metered channels give besides; an offer's own meter over several accounts counts against it too
 */
export function attackMenu(
  offers: ReadonlyArray<PricedOffer>,
  metered: ReadonlyArray<PricedOffer> = []
): ReadonlyArray<AttackReport> {
  const all = [...offers, ...metered]
  return offers.map((target) => attack(target, all))
}

/**
 * Lets a menu pass only if no offer can be had for less through the others.
 *
 * @throws  Refused naming the worst offer, its price and the cheaper cover
 * @source  pricing.md: a menu in which attack finds a cheaper cover cannot be published
 */
export function requireUnbeaten(reports: ReadonlyArray<AttackReport>, currency: string): void {
  const beaten = reports.filter(({ verdict }) => verdict === "beaten").sort((a, b) => a.margin! - b.margin!)
  const worst = beaten[0]
  if (worst === undefined) return
  const money = (minor: number): string => formatMoney({ minor, currency })
  const parts = worst.cover!.parts.map(({ offer, times }) => (times === 1 ? offer : `${times} x ${offer}`)).join(" + ")
  throw new Refused({
    code: "menu.beaten",
    message: `This menu cannot be published: ${worst.target} costs ${money(worst.fen)}, but ${parts} give the same for ${money(worst.cover!.fen)}${beaten.length === 1 ? "" : ` (and ${beaten.length - 1} more offers can be beaten)`}.`,
    fix: "Raise the price of the parts or lower that of the whole; prices by the formula without factors of their own cannot be beaten.",
    where: { field: `offers.${worst.target}` }
  })
}
