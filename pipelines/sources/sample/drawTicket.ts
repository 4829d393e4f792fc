import { daySeconds } from "./calendar.ts"
import { dirtCode } from "./dirtCode.ts"
import { intentCode, interact } from "./interact.ts"
import { historyEnd } from "./Sampler.ts"
import type { Sampler } from "./Sampler.ts"
import { vocabulary } from "./vocabulary.ts"
import { weighted } from "./weighted.ts"

const doubled = dirtCode("tickets", "doubled")

/** Ticket categories by business: equipment breaks, software asks about accounts, goods are delivered and returned. */
const categories = [
  weighted([40, 25, 2, 4, 6, 8, 15]),
  weighted([20, 12, 28, 0, 0, 15, 25]),
  weighted([3, 2, 4, 35, 35, 9, 12])
]

/** What the customer says, by ticket category. */
const said = ["投诉", "技术咨询", "技术咨询", "交期", "退货", "付款", "技术咨询"] as const

const priority = weighted([6, 22, 47, 25])
const channels = [weighted([50, 15, 15, 15, 5]), weighted([25, 45, 20, 0, 10]), weighted([15, 70, 5, 0, 10])]
const reassignments = weighted([60, 22, 10, 5, 3])
const satisfaction = weighted([5, 7, 18, 40, 30])

/** Adds a ticket, unless it falls after the history, with the interactions in which it was raised and handled. */
export function drawTicket(
  s: Sampler,
  at: number,
  business: number,
  account: number,
  contact: number,
  person: number,
  role: number,
  order: number,
  subscription: number,
  product: number
): void {
  if (at >= historyEnd) return
  const { draws } = s
  const id = s.next.tickets++
  const category = categories[business]!(draws)
  // Goods are not installed or repaired on site, and software is not returned: where nobody of the business says so, they ask.
  const wished = intentCode(said[category]!)
  const phrase = s.phrase(business, wished)
  const intent = phrase < 0 ? intentCode("技术咨询") : wished
  const rank = priority(draws)
  const channel = channels[business]!(draws)
  const resolved = at + 1800 + Math.floor((rank + 1) * 3 * daySeconds * draws.unit() * draws.unit())
  const closed = resolved + draws.below(3 * daySeconds)
  const done = resolved < historyEnd
  const kind = s.dirty.tickets(draws)
  s.tables.tickets.add(
    id,
    account,
    contact,
    product,
    business,
    category,
    draws.below(vocabulary.ticketSubcategories.length),
    closed < historyEnd ? 2 : done ? 1 : 0,
    rank,
    Math.min(2, rank >> 1),
    Math.min(2, (rank + draws.below(2)) >> 1),
    channel,
    draws.below(vocabulary.groups.length),
    reassignments(draws),
    done && draws.chance(0.55) ? satisfaction(draws) + 1 : -1,
    at,
    Math.min(closed, historyEnd - 1),
    done ? resolved : -1,
    closed < historyEnd ? closed : -1,
    draws.below(vocabulary.openers.length),
    phrase < 0 ? s.phrase(business, intent) : phrase,
    draws.below(vocabulary.closers.length),
    kind
  )
  if (kind === doubled) s.tables.tickets.double()
  interact(
    s,
    at,
    business,
    account,
    contact,
    person,
    role,
    -1,
    order,
    id,
    subscription,
    -1,
    product,
    -1,
    channel,
    intent
  )
  const answers = 1 + draws.below(2)
  for (let i = 0; i < answers; i++)
    interact(
      s,
      at + 600 + Math.floor((resolved - at) * draws.unit()),
      business,
      account,
      contact,
      person,
      role,
      -1,
      order,
      id,
      subscription,
      -1,
      product,
      -1,
      channel,
      intentCode("跟进")
    )
}
