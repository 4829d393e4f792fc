import { BadInput } from "#core/BadInput.ts"
import type { Db } from "#core/records/Records.ts"
import type { Order } from "./Order.ts"

interface OrderRow {
  readonly id: string
  readonly quote: string
  readonly product: string
  readonly version: string
  readonly buyer: string
  readonly price_minor: number
  readonly currency: string
  readonly state: Order["state"]
  readonly ordered_at: string
  readonly paid_at: string | null
  readonly delivered_at: string | null
  readonly cancelled_at: string | null
}

const select = `select o.id, o.quote, v.product, v.version, o.buyer, o.price_minor, o.currency, o.state,
    o.ordered_at, o.paid_at, o.delivered_at,
    (select at from order_cancelled c where c.order_id = o.id) as cancelled_at
  from buyer_order o join product_version v on v.id = o.version_id`

/** @throws BadInput if there is no such order */
export function readOrder(db: Db, id: string): Order {
  const row = db.get<OrderRow>(`${select} where o.id = $id`, { id })
  if (row !== undefined) return fromRow(row)
  throw new BadInput({
    code: "order.unknown",
    message: `There is no order ${id.slice(0, 60)}.`,
    fix: "Place one with `assay order QUOTE --buyer NAME`.",
    where: { field: "order" }
  })
}

/** Orders of one buyer, or of all, newest first. */
export function readOrders(db: Db, buyer: string | null): ReadonlyArray<Order> {
  return db
    .all<OrderRow>(`${select} where o.buyer = coalesce($buyer, o.buyer) order by o.ordered_at desc, o.id`, { buyer })
    .map(fromRow)
}

const fromRow = (row: OrderRow): Order => ({
  id: row.id,
  quote: row.quote,
  product: row.product,
  version: row.version,
  buyer: row.buyer,
  price: { minor: row.price_minor, currency: row.currency },
  state: row.state,
  orderedAt: row.ordered_at,
  paidAt: row.paid_at,
  deliveredAt: row.delivered_at,
  ...(row.cancelled_at === null ? {} : { cancelledAt: row.cancelled_at })
})
