import { daySeconds, historyDays } from "./calendar.ts"
import { dirtCode } from "./dirtCode.ts"
import { contactOf, drawCompany } from "./drawCompany.ts"
import { drawOrder } from "./drawOrder.ts"
import { drawTicket } from "./drawTicket.ts"
import { intentCode, interact } from "./interact.ts"
import { firstSoftware, products } from "./products.ts"
import { historyEnd } from "./Sampler.ts"
import type { Sampler } from "./Sampler.ts"
import { weighted } from "./weighted.ts"

const doubled = dirtCode("subscriptions", "doubled")

/** Digital maturity 1..5 of small firms; larger ones get a chance of one more. */
const maturity = weighted([20, 30, 28, 15, 7])
const wobble = weighted([18, 64, 18])
const module = weighted([30, 24, 18, 12, 9, 7])
const plan = weighted([55, 33, 12])
const seatsFrom = [3, 10, 40, 100, 300]
const seatsTo = [12, 45, 110, 320, 900]
const role = weighted([25, 15, 15, 15, 30])
const channel = weighted([30, 38, 15, 3, 14])

/** Intents of a subscriber in the first quarter, in the middle, and near a renewal. */
const early = weighted([3, 28, 14, 4, 0, 0, 12, 24, 12, 3])
const settled = weighted([6, 26, 2, 12, 4, 0, 6, 10, 26, 8])
const renewing = weighted([12, 8, 0, 8, 38, 0, 16, 2, 14, 2])

/** Draws one small firm: account, contacts, subscriptions with usage and maturity answers, payments, tickets, talks. */
export function drawSoftware(s: Sampler): void {
  const { draws, company } = s
  const before = draws.chance(0.35)
  const started = before
    ? -draws.below(400) * daySeconds + s.office.second(draws)
    : s.office.day(draws) * daySeconds + s.office.second(draws)
  drawCompany(s, 1, started, 1 + draws.below(3))
  const level = Math.min(5, 1 + maturity(draws) + (company.size > 1 && draws.chance(0.4) ? 1 : 0))
  drawSubscription(s, started, level)
  if (draws.chance(0.08 * level))
    drawSubscription(s, Math.min(started + draws.between(30, 300) * daySeconds, historyEnd - 1), level)
}

function drawSubscription(s: Sampler, started: number, level: number): void {
  const { draws, company } = s
  const id = s.next.subscriptions++
  const tier = plan(draws)
  const product = firstSoftware + module(draws) * 3 + tier
  const seats = Math.floor(draws.between(seatsFrom[company.size]!, seatsTo[company.size]!) * (0.4 + 0.12 * level)) + 1
  const yearly = draws.chance(0.6)
  const ended = draws.chance(0.34 - 0.05 * level) ? started + draws.between(60, 700) * daySeconds : historyEnd
  const gone = ended < historyEnd
  const active = gone ? 0 : Math.round((seats * Math.min(100, draws.between(15, 40) + 11 * level)) / 100)
  const price = products[product]!.priceFen * seats
  const year = 365 * daySeconds
  const renews = started + Math.max(1, Math.ceil((Math.min(ended, historyEnd) - started) / year)) * year
  const answer = (): number => Math.max(1, Math.min(5, level + wobble(draws) - 1))
  const kind = s.dirty.subscriptions(draws)
  s.tables.subscriptions.add(
    id,
    company.id,
    product,
    gone ? (draws.chance(0.5) ? 2 : 3) : historyEnd - started > year ? 1 : 0,
    yearly ? 1 : 0,
    yearly ? price : Math.round(price / 10),
    seats,
    active,
    active * draws.between(3, 6 + 3 * level),
    gone ? 0 : 1 + draws.below(2 * level),
    seats * draws.between(20, 150 * level),
    answer(),
    answer(),
    answer(),
    answer(),
    answer(),
    answer(),
    started,
    gone ? -1 : renews,
    gone ? ended : -1,
    kind
  )
  if (kind === doubled) s.tables.subscriptions.double()
  for (let at = started; at < Math.min(ended, historyEnd); at += year) if (at >= 0) drawPayment(s, at, product, seats)
  drawTalks(s, id, product, Math.max(0, started), Math.min(ended, historyEnd), renews)
}

function drawPayment(s: Sampler, at: number, product: number, seats: number): void {
  const { draws, company, basket } = s
  basket.lines = 1
  basket.product[0] = product
  basket.quantity[0] = seats
  basket.price[0] = products[product]!.priceFen
  basket.freight = 0
  basket.city = company.city
  basket.channel = draws.chance(0.7) ? 6 : 7
  basket.payment = draws.chance(0.75) ? 2 : 0
  basket.shipDays = 0
  basket.travelDays = 0
  basket.cancelled = draws.chance(0.01)
  basket.returned = false
  drawOrder(s, at, 1, company.id, company.contactId[0]!, -1)
}

function drawTalks(s: Sampler, subscription: number, product: number, from: number, to: number, renews: number): void {
  const { draws, company } = s
  const days = Math.floor((to - from) / daySeconds)
  if (days < 1) return
  const talks = 4 + Math.floor((draws.between(6, 26) * days) / historyDays)
  for (let i = 0; i < talks; i++) {
    const at = momentBetween(s, from, days)
    const who = contactOf(s, company, role(draws))
    const intent =
      renews - at < 60 * daySeconds ? renewing(draws) : at - from < 90 * daySeconds ? early(draws) : settled(draws)
    interact(
      s,
      at,
      1,
      company.id,
      company.contactId[who]!,
      company.person[who]!,
      company.role[who]!,
      -1,
      -1,
      -1,
      subscription,
      -1,
      product,
      -1,
      intent === browse ? 4 : channel(draws),
      intent
    )
  }
  const tickets = draws.below(4)
  for (let i = 0; i < tickets; i++) {
    const who = draws.below(company.contacts)
    drawTicket(
      s,
      momentBetween(s, from, days),
      1,
      company.id,
      company.contactId[who]!,
      company.person[who]!,
      company.role[who]!,
      -1,
      subscription,
      product
    )
  }
}

const browse = intentCode("浏览")

/** A moment of working life within `days` after `from`; a few tries at the calendar, then any day. */
function momentBetween(s: Sampler, from: number, days: number): number {
  const { draws } = s
  const first = Math.ceil(from / daySeconds)
  for (let tries = 0; tries < 4; tries++) {
    const day = s.office.day(draws)
    if (day >= first && day < first + days) return day * daySeconds + s.office.second(draws)
  }
  return (first + draws.below(days)) * daySeconds + s.office.second(draws)
}
