import { daySeconds } from "./calendar.ts"
import { dirtCode } from "./dirtCode.ts"
import { drawOrder } from "./drawOrder.ts"
import { drawTicket } from "./drawTicket.ts"
import { intentCode, interact } from "./interact.ts"
import { cities, regions } from "./places.ts"
import { firstGoods, goodsCategories, goodsPerCategory, products } from "./products.ts"
import { historyEnd } from "./Sampler.ts"
import type { Sampler } from "./Sampler.ts"
import { weighted } from "./weighted.ts"
import { zipf } from "./zipf.ts"

const doubled = dirtCode("accounts", "doubled")
/** A person is no twin of a company: that kind stays a clean row here. */
const twin = dirtCode("accounts", "twin")

const n = goodsCategories.length
const regionOf = cities.map((city) => regions.indexOf(city.region))

/** What each region likes: one order of categories for all, tilted by a second one that starts elsewhere in each region. */
const categoryByRegion = regions.map((_, r) =>
  weighted(goodsCategories.map((_, c) => 0.55 / (c + 2) + 0.45 / (((c - r * 5 + 7 * n) % n) + 2)))
)
/** Richer regions buy in higher price bands. */
const tierByRegion = [0.5, 0.42, 0.36, 0.26, 0.2, 0.16, 0.12].map((wealth) =>
  weighted([26 - 24 * wealth, 36 - 18 * wealth, 24, 10 + 20 * wealth, 4 + 18 * wealth])
)
const channelByRegion = regions.map((_, r) =>
  weighted([0, 1, 2, 3, 4, 5].map((c) => 0.6 / (c + 1) + 0.4 / (((c - r + 6) % 6) + 1)))
)
const payment = weighted([72, 14, 0, 14])
const orders = weighted(zipf(60, 1).map((weight) => weight * weight))
const piece = weighted(zipf(goodsPerCategory / 5, 1))
const lines = weighted([66, 22, 8, 4])
const quantity = weighted([80, 14, 6])
const visits = weighted(zipf(20, 2))

const presale = weighted([35, 30, 25, 0, 0, 0, 10, 0, 0, 0])
const browse = intentCode("浏览")
const ask = intentCode("退货")
const followUp = intentCode("跟进")

/** Draws one buyer: account without contacts, orders by the shopping calendar, chats before and after, web visits. */
export function drawCommerce(s: Sampler): void {
  const { draws } = s
  const id = s.next.accounts++
  const kind = s.dirty.accounts(draws)
  const city = s.city(draws)
  const region = regionOf[city]!
  const person = s.person(draws)
  const favourite = categoryByRegion[region]!(draws)
  const count = orders(draws) + 1
  let first = historyEnd
  for (let i = 0; i < count; i++) first = Math.min(first, drawPurchase(s, id, person, city, region, favourite))
  const web = visits(draws)
  for (let i = 0; i < web; i++) {
    const at = s.shopping.day(draws) * daySeconds + s.shopping.second(draws)
    first = Math.min(first, at)
    look(s, at, id, person, pick(s, draws.chance(0.5) ? favourite : categoryByRegion[region]!(draws), region))
  }
  s.tables.accounts.add(
    id,
    1,
    2,
    id,
    -1,
    person,
    -1,
    -1,
    -1,
    -1,
    -1,
    city,
    draws.below(s.streets),
    -1,
    first - draws.below(500 * daySeconds),
    kind === twin ? 0 : kind
  )
  if (kind === doubled) s.tables.accounts.double()
}

/** One order with what was said around it; returns its time. */
function drawPurchase(s: Sampler, id: number, person: number, city: number, region: number, favourite: number): number {
  const { draws, basket } = s
  const at = s.shopping.day(draws) * daySeconds + s.shopping.second(draws)
  const category = draws.chance(0.45) ? favourite : categoryByRegion[region]!(draws)
  basket.lines = 1 + lines(draws)
  for (let i = 0; i < basket.lines; i++) {
    const product = pick(s, i === 0 || draws.chance(0.6) ? category : categoryByRegion[region]!(draws), region)
    basket.product[i] = product
    basket.quantity[i] = quantity(draws) + 1
    basket.price[i] = Math.floor((products[product]!.priceFen * draws.between(84, 100)) / 100)
  }
  basket.freight = draws.chance(0.7) ? 0 : draws.between(8, 40) * 100
  basket.city = city
  basket.channel = channelByRegion[region]!(draws)
  basket.payment = payment(draws)
  basket.shipDays = draws.below(4)
  basket.travelDays = draws.between(1, basket.channel === 5 ? 5 : 11)
  basket.cancelled = draws.chance(0.03)
  basket.returned = !basket.cancelled && draws.chance(0.06)
  const product = basket.product[0]!
  if (draws.chance(0.6)) look(s, Math.max(0, at - draws.below(2 * daySeconds)), id, person, product)
  const order = drawOrder(s, at, 2, id, -1, -1)
  if (draws.chance(0.25)) say(s, Math.max(0, at - draws.below(7200)), id, person, order, product, presale(draws))
  const arrived = at + (basket.shipDays + basket.travelDays + 2) * daySeconds
  if (basket.returned) say(s, arrived + draws.below(6 * daySeconds), id, person, order, product, ask)
  else if (draws.chance(0.12)) say(s, arrived + draws.below(3 * daySeconds), id, person, order, product, followUp)
  if (draws.chance(0.05))
    drawTicket(s, arrived + draws.below(9 * daySeconds), 2, id, -1, person, -1, order, -1, product)
  return at
}

/** A piece of goods of the category in a price tier that the region tends to. */
function pick(s: Sampler, category: number, region: number): number {
  return firstGoods + category * goodsPerCategory + tierByRegion[region]!(s.draws) * 5 + piece(s.draws)
}

function look(s: Sampler, at: number, id: number, person: number, product: number): void {
  interact(s, at, 2, id, -1, person, -1, -1, -1, -1, -1, -1, product, -1, 4, browse)
}

function say(s: Sampler, at: number, id: number, person: number, order: number, product: number, intent: number): void {
  interact(s, at, 2, id, -1, person, -1, -1, order, -1, -1, -1, product, -1, s.draws.chance(0.8) ? 1 : 0, intent)
}
