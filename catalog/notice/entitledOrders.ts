import type { Db } from "#core/records/Records.ts"
import { readDays } from "#pricing/ttl/readDays.ts"

/**
 * The paid orders that still entitle their buyers to a product: not refunded, and within the retention of their terms.
 *
 * @param now ISO instant
 */
export const entitledOrders = (
  db: Db,
  product: string,
  now: string
): ReadonlyArray<{ readonly order: string; readonly buyer: string }> =>
  db
    .all<{ order: string; buyer: string; since: string; retention: string | null }>(
      `select e.order_id as "order", e.buyer, e.since, json_extract(v.document, '$.offering.terms.retention') as retention
       from entitlement e join product_version v on v.id = e.version_id
       where v.product = $product and e.order_id not in (select order_id from entitlement_end)
       order by e.since, e.order_id`,
      { product }
    )
    .filter(({ since, retention }) => {
      const days = readDays(retention ?? "")
      return days === undefined || Date.parse(now) < Date.parse(since) + days * 86_400_000
    })
