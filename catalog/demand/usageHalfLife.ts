import { daysBetween } from "#core/time/daysBetween.ts"
import type { Db } from "#core/records/Records.ts"
import { publicNumber } from "#pricing/evidence/publicNumber.ts"
import { estimateHalfLife } from "#pricing/ttl/estimateHalfLife.ts"
import type { HalfLife } from "#pricing/ttl/estimateHalfLife.ts"
import type { ProductVersion } from "../product/ProductVersion.ts"

/**
 * The half-life that deliveries of a product's versions show, by the age that the data had; the product file's own until there are
 * enough. It is shown beside the price, which goes on using the file's: a price never changes by what one buyer does.
 *
 * @param at  ISO instant
 */
export function usageHalfLife(db: Db, product: string, at: string): HalfLife {
  const versions = db
    .all<{ id: string; document: string }>(
      "select id, document from product_version where product = $product and status = 'listed' order by seq",
      { product }
    )
    .map(({ id, document }) => ({ id, version: JSON.parse(document) as ProductVersion }))
  const { halfLife, grace } = versions.at(-1)!.version.policy
  const ages = new Map<number, { events: number; exposureDays: number }>()
  const groupAt = (days: number): { events: number; exposureDays: number } => {
    const age = Math.max(0, Math.floor(days - grace.value))
    const known = ages.get(age) ?? { events: 0, exposureDays: 0 }
    ages.set(age, known)
    return known
  }
  for (const { id, version } of versions) {
    const [youngest, oldest] = [version.listedAt, at].map((day) =>
      Math.max(0, daysBetween(version.asOf, day.slice(0, 10)))
    )
    for (let age = youngest!; age <= oldest!; age++) groupAt(age).exposureDays++
    const delivered = db.all<{ day: string; n: number }>(
      `select substr(d.delivered_at, 1, 10) as day, count(*) as n from delivery d join buyer_order o on o.id = d.order_id
       where o.version_id = $id group by day`,
      { id }
    )
    for (const { day, n } of delivered) groupAt(daysBetween(version.asOf, day)).events += n
  }
  const usage = [...ages].map(([ageDays, { events, exposureDays }]) => ({
    ageDays,
    exposureDays,
    events: publicNumber(events, "delivery", `delivery:${product}#age-${ageDays}`, at)
  }))
  return estimateHalfLife(usage, halfLife, at)
}
