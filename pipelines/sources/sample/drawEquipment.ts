import { daySeconds, historyDays } from "./calendar.ts"
import { dirtCode } from "./dirtCode.ts"
import { contactOf, drawCompany } from "./drawCompany.ts"
import { drawOrder } from "./drawOrder.ts"
import { drawTicket } from "./drawTicket.ts"
import { interact } from "./interact.ts"
import { equipmentClasses, modelsPerClass, products } from "./products.ts"
import { historyEnd } from "./Sampler.ts"
import type { Sampler } from "./Sampler.ts"
import { vocabulary } from "./vocabulary.ts"
import { weighted } from "./weighted.ts"
import { zipf } from "./zipf.ts"

const doubled = dirtCode("opportunities", "doubled")
const doubledLead = dirtCode("leads", "doubled")

const won = 8
const lost = 9

/** Who is touched in which stage: rows are the eight open stages, columns the roles of `vocabulary`. */
const rolesByStage = [
  [10, 25, 35, 2, 18, 8, 2],
  [15, 30, 15, 2, 28, 8, 2],
  [10, 48, 8, 2, 17, 10, 5],
  [8, 50, 6, 2, 12, 12, 10],
  [15, 12, 45, 20, 2, 2, 4],
  [35, 6, 35, 20, 2, 1, 1],
  [40, 2, 22, 32, 1, 1, 2],
  [5, 18, 10, 10, 30, 22, 5]
].map(weighted)

const channelsByStage = [
  [40, 15, 15, 5, 25],
  [35, 15, 20, 25, 5],
  [20, 20, 35, 22, 3],
  [20, 10, 35, 33, 2],
  [30, 10, 50, 8, 2],
  [45, 10, 20, 25, 0],
  [30, 10, 45, 15, 0],
  [25, 25, 15, 33, 2]
].map(weighted)

/** Intents by stage, in the order of `intents`. */
const intentsByStage = [
  [25, 25, 5, 0, 0, 0, 0, 0, 25, 20],
  [15, 40, 5, 0, 0, 0, 0, 0, 35, 5],
  [10, 55, 5, 0, 0, 0, 0, 3, 25, 2],
  [5, 60, 5, 3, 0, 0, 0, 2, 24, 1],
  [60, 10, 8, 0, 0, 0, 7, 0, 14, 1],
  [40, 5, 20, 0, 0, 0, 20, 0, 15, 0],
  [10, 2, 30, 2, 0, 0, 40, 1, 15, 0],
  [0, 15, 25, 12, 0, 4, 12, 20, 12, 0]
].map(weighted)

/** Share of opportunities that go on after each stage; the last is won. */
const goesOn = [0.85, 0.85, 0.8, 0.86, 0.76, 0.74, 0.93, 0.97]

const touches = weighted([30, 30, 20, 12, 8])
const opportunities = weighted([30, 24, 16, 10, 7, 5, 3, 2, 1.5, 1, 0.5])
const extraContacts = weighted([30, 30, 20, 12, 8])

/** Days between two touches, and around which of them each stage and role moves. */
const gaps = [0, 1, 2, 3, 4, 6, 8, 11, 15, 20, 27, 36, 50, 75]
const paceByStage = [2, 4, 5, 7, 8, 3, 4, 6]
const paceByRole = [2, 0, 0, 2, 1, 1, 3]
const gap = paceByStage.map((stage) =>
  paceByRole.map((role) => weighted(gaps.map((_, i) => 1 / (1 + (i - stage - role) * (i - stage - role)))))
)

const classByIndustry = vocabulary.industries.map((_, industry) => {
  const n = equipmentClasses.length
  return weighted(equipmentClasses.map((_, c) => 0.5 / (1 + c) + 0.5 / (1 + ((c + n * 3 - industry * 3) % n))))
})
const model = weighted(zipf(modelsPerClass, 1))
const quantity = weighted([62, 20, 8, 5, 3, 2])

/** Draws one manufacturer: account, contacts, leads, opportunities with their touches, orders and service tickets. */
export function drawEquipment(s: Sampler): void {
  const { draws } = s
  const count = opportunities(draws) + 1
  const opened = new Int32Array(count)
  let first = historyEnd
  for (let i = 0; i < count; i++) {
    opened[i] = s.office.day(draws) * daySeconds + s.office.second(draws)
    first = Math.min(first, opened[i]!)
  }
  drawCompany(s, 0, first, 3 + extraContacts(draws))
  for (let i = 0; i < count; i++) drawOpportunity(s, opened[i]!)
  if (draws.chance(0.35)) drawLead(s, -1, opened[0]!, draws.below(equipmentClasses.length) * modelsPerClass)
}

function drawOpportunity(s: Sampler, openedAt: number): void {
  const { draws, company } = s
  const id = s.next.opportunities++
  const product = classByIndustry[company.industry]!(draws) * modelsPerClass + model(draws)
  if (draws.chance(0.6)) drawLead(s, id, openedAt, product)
  let stage = 0
  let at = openedAt
  let outcome = -1
  for (; stage < 8; stage++) {
    at = drawTouches(s, id, stage, product, at, stage === 0)
    if (at >= historyEnd) break
    if (draws.unit() >= goesOn[stage]!) {
      outcome = lost
      break
    }
  }
  if (stage === 8) outcome = won
  const pieces = quantity(draws) + 1
  const price = Math.floor((products[product]!.priceFen * draws.between(85, 102)) / 100)
  const kind = s.dirty.opportunities(draws)
  s.tables.opportunities.add(
    id,
    company.id,
    company.contactId[0]!,
    product,
    outcome < 0 ? Math.min(stage, 7) : outcome,
    Math.min(price * pieces, 2_000_000_000),
    outcome === won ? 100 : outcome === lost ? 0 : 10 + Math.min(stage, 7) * 12,
    draws.below(s.agents),
    openedAt,
    openedAt + draws.between(60, 240) * daySeconds,
    outcome < 0 ? -1 : at,
    kind
  )
  if (kind === doubled) s.tables.opportunities.double()
  if (outcome === won) drawSale(s, id, product, pieces, price, at)
}

/** The touches of one stage; returns the time of the last one, or the end of the history if that came first. */
function drawTouches(
  s: Sampler,
  opportunity: number,
  stage: number,
  product: number,
  from: number,
  fresh: boolean
): number {
  const { draws, company } = s
  let at = from
  const n = touches(draws) + 1
  for (let i = 0; i < n; i++) {
    const who = contactOf(s, company, rolesByStage[stage]!(draws))
    const role = company.role[who]!
    let days = -1
    if (!(fresh && i === 0)) {
      days = gaps[gap[stage]![role]!(draws)]!
      const day = Math.floor(at / daySeconds) + days
      if (day >= historyDays) return historyEnd
      at = days === 0 ? at + 60 + draws.below(3600) : day * daySeconds + s.office.second(draws)
    }
    interact(
      s,
      at,
      0,
      company.id,
      company.contactId[who]!,
      company.person[who]!,
      role,
      opportunity,
      -1,
      -1,
      -1,
      stage,
      product,
      days,
      channelsByStage[stage]!(draws),
      intentsByStage[stage]!(draws)
    )
  }
  return at
}

function drawSale(s: Sampler, opportunity: number, product: number, pieces: number, price: number, at: number): void {
  const { draws, company, basket } = s
  basket.lines = 1
  basket.product[0] = product
  basket.quantity[0] = pieces
  basket.price[0] = price
  basket.freight = draws.between(0, 40) * 10_000
  basket.city = company.city
  basket.channel = draws.chance(0.8) ? 6 : 7
  basket.payment = draws.chance(0.9) ? 2 : 3
  basket.shipDays = draws.between(15, 90)
  basket.travelDays = draws.between(2, 12)
  basket.cancelled = draws.chance(0.02)
  basket.returned = draws.chance(0.01)
  const order = drawOrder(s, at, 0, company.id, company.contactId[0]!, opportunity)
  const tickets = draws.below(4)
  for (let i = 0; i < tickets; i++) {
    const who = contactOf(s, company, 5)
    drawTicket(
      s,
      at + draws.between(30, 400) * daySeconds,
      0,
      company.id,
      company.contactId[who]!,
      company.person[who]!,
      company.role[who]!,
      order,
      -1,
      product
    )
  }
}

function drawLead(s: Sampler, opportunity: number, opened: number, product: number): void {
  const { draws, company } = s
  const kind = s.dirty.leads(draws)
  const who = draws.below(company.contacts)
  const at = opened - draws.below(20 * daySeconds)
  s.tables.leads.add(
    s.next.leads++,
    company.id,
    opportunity,
    company.person[who]!,
    company.stem,
    company.industry,
    0,
    product,
    draws.below(vocabulary.leadChannels.length),
    opportunity < 0 ? [0, 1, 3][draws.below(3)]! : 2,
    company.city,
    opportunity < 0 ? draws.between(5, 70) : draws.between(40, 100),
    at,
    opportunity < 0 ? -1 : opened,
    kind
  )
  if (kind === doubledLead) s.tables.leads.double()
}
