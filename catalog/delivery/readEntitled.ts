import type { Db } from "#core/records/Records.ts"
import { Refused } from "#core/Refused.ts"
import type { Offer } from "#pricing/offer/Menu.ts"
import { readDays } from "#pricing/ttl/readDays.ts"
import { requireDeliverable } from "../life/requireDeliverable.ts"
import { stateAfter } from "../order/Order.ts"
import type { Order } from "../order/Order.ts"
import { readOrder } from "../order/readOrder.ts"
import { menuOf } from "../product/menuOf.ts"
import type { ProductVersion } from "../product/ProductVersion.ts"
import { readQuote } from "../quote/readQuote.ts"
import { requireThawed } from "../recall/requireThawed.ts"
import { requireTerms } from "../terms/requireTerms.ts"

/** What an order entitles to. */
export interface Entitled {
  readonly order: Order
  /** The state that delivering leads to. */
  readonly state: Order["state"]
  readonly version: ProductVersion
  /** Absent for the whole version. */
  readonly offer: Offer | undefined
}

/**
 * What may be handed over for an order, by whatever way.
 *
 * @param now  ISO instant
 * @throws     BadInput if there is no such order; Refused if it is not paid, its product is suspended, its terms no longer hold, or what it
 *             entitled to has ended
 */
export function readEntitled(db: Db, id: string, now: string): Entitled {
  const order = readOrder(db, id)
  const end = db.get<{ at: string; reason: string }>("select at, reason from entitlement_end where order_id = $id", {
    id
  })
  if (end !== undefined) throw ended(id, end.at, end.reason)
  const entitled = db.get<{ document: string; since: string; purpose: string | null }>(
    `select v.document, e.since, (select purpose from order_purpose p where p.order_id = e.order_id) as purpose
     from entitlement e join product_version v on v.id = e.version_id
     where e.order_id = $id and v.status = 'listed'`,
    { id }
  )
  const state = stateAfter("deliver", order.state)
  if (state === undefined || entitled === undefined) throw unpaid(id)
  const version = JSON.parse(entitled.document) as ProductVersion
  requireThawed(db, version.product)
  requireDeliverable(db, version)
  const days = readDays(version.offering.terms.retention ?? "")
  if (days !== undefined && Date.parse(now) >= Date.parse(entitled.since) + days * 86_400_000)
    throw ended(id, now, `its ${version.offering.terms.retention} of retention are over.`)
  const { purpose } = entitled
  requireTerms(db, version, { buyer: order.buyer, ...(purpose === null ? {} : { purpose }) }, now)
  const quoted = readQuote(db, order.quote)?.offer
  const offer = quoted === undefined ? undefined : menuOf(version).offers.find((one) => one.id === quoted)!
  return { order, state, version, offer }
}

const unpaid = (order: string): Refused =>
  new Refused({
    code: "delivery.unpaid",
    message: `The order ${order} is not paid, so nobody is entitled to its version yet.`,
    fix: "Note its payment with `assay pay ORDER`, then deliver it.",
    where: { field: "order" }
  })

const ended = (order: string, at: string, reason: string): Refused =>
  new Refused({
    code: "delivery.ended",
    message: `What the order ${order} entitled to ended on ${at.slice(0, 10)}: ${reason}`,
    fix: "Order the product again to be delivered it again.",
    where: { field: "order" }
  })
