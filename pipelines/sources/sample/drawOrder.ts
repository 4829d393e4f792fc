import { daySeconds } from "./calendar.ts"
import { dirtCode } from "./dirtCode.ts"
import { historyEnd } from "./Sampler.ts"
import type { Sampler } from "./Sampler.ts"

const doubled = dirtCode("orders", "doubled")
const doubledLine = dirtCode("order_lines", "doubled")

/** Amounts are 32-bit fen: no order is above 20 million yuan. */
const largest = 2_000_000_000

/** Adds the order of `s.basket` with its lines; returns its number. Steps that would come after the history have not happened yet. */
export function drawOrder(
  s: Sampler,
  at: number,
  business: number,
  account: number,
  contact: number,
  opportunity: number
): number {
  const { draws, basket } = s
  const id = s.next.orders++
  const approved = at + 60 + draws.below(business === 2 ? 3600 : 3 * daySeconds)
  const shipped = approved + basket.shipDays * daySeconds + draws.below(daySeconds)
  const delivered = shipped + basket.travelDays * daySeconds + draws.below(daySeconds)
  const known = (step: number): number => (step < historyEnd && !basket.cancelled ? step : -1)
  let amount = 0
  let items = 0
  for (let i = 0; i < basket.lines; i++) {
    const price = basket.price[i]!
    const quantity = Math.min(basket.quantity[i]!, Math.max(1, Math.floor((largest - amount) / price)))
    amount += price * quantity
    items += quantity
    const kind = s.dirty.order_lines(draws)
    s.tables.order_lines.add(id, i + 1, account, basket.product[i]!, quantity, price, basket.freight, at, kind)
    if (kind === doubledLine) s.tables.order_lines.double()
  }
  const kind = s.dirty.orders(draws)
  s.tables.orders.add(
    id,
    account,
    contact,
    opportunity,
    business,
    basket.product[0]!,
    basket.cancelled ? 3 : known(delivered) < 0 ? (known(shipped) < 0 ? 2 : 1) : basket.returned ? 4 : 0,
    basket.channel,
    basket.city,
    basket.payment,
    items,
    amount,
    at,
    known(approved),
    known(shipped),
    known(delivered),
    at + (basket.shipDays + basket.travelDays + draws.between(-1, 3)) * daySeconds,
    kind
  )
  if (kind === doubled) s.tables.orders.double()
  return id
}
