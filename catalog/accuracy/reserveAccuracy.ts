import type { Db } from "#core/records/Records.ts"
import { Refused } from "#core/Refused.ts"
import type { Budget } from "#privacy/budget/Budget.ts"
import type { Offer } from "#pricing/offer/Menu.ts"
import type { Order } from "../order/Order.ts"
import type { ProductVersion } from "../product/ProductVersion.ts"
import { accuracyLoss } from "./accuracyLoss.ts"
import { readAccuracyRelease } from "./readAccuracyRelease.ts"

/** How long an order that is not paid keeps budget from others. */
const holdHours = 24

/**
 * Reserves, in the transaction that takes an order, the privacy loss of the release that it needs; does nothing for an offer that is cut
 * from the version, or whose release was made for an earlier order and is sold to everybody since.
 *
 * @param now  ISO instant
 * @throws     Refused if the cap does not allow it, another order has it reserved, or the version is no longer the newest
 */
export function reserveAccuracy(
  db: Db,
  budget: Budget["Service"],
  version: ProductVersion,
  offer: Offer | undefined,
  { id, buyer }: Pick<Order, "id" | "buyer">,
  purpose: string,
  now: string
): void {
  if (offer === undefined || offer.accuracy.value <= 1) return
  const { epsilon, delta, selectionDelta, rhoUnits } = accuracyLoss(version, offer.accuracy.value)
  const stands = readAccuracyRelease(db, version.id, offer.id) !== undefined
  if (!stands) {
    requireNewest(db, version)
    requireUnreserved(db, version, offer.id, now)
    const until = new Date(Date.parse(now) + holdHours * 3_600_000).toISOString()
    budget.hold(db, { id, purpose, buyer, product: version.product, rhoUnits, delta: selectionDelta, until }, now)
  }
  db.run("insert into accuracy_order values ($id, $version, $offer, $accuracy, $epsilon, $delta, $rhoUnits)", {
    id,
    version: version.id,
    offer: offer.id,
    accuracy: offer.accuracy.value,
    epsilon,
    delta,
    rhoUnits
  })
}

function requireNewest(db: Db, { id, product, version }: ProductVersion): void {
  const newest = db.get<{ id: string; version: string }>(
    "select id, version from product_version where product = $product order by seq desc limit 1",
    { product }
  )
  if (newest?.id === id) return
  throw new Refused({
    code: "accuracy.superseded",
    message: `The records have moved on since ${product} ${version}: a more accurate release can be made of its newest version only.`,
    fix: `Ask for a quote of ${product} ${newest?.version ?? ""}.`,
    where: { field: "version" }
  })
}

/** One reservation for one release: who comes second waits for what was made instead of paying for it twice. */
function requireUnreserved(db: Db, version: ProductVersion, offer: string, now: string): void {
  const other = db.get<{ until: string | null }>(
    `select h.until from accuracy_order a join budget_hold h on h.id = a.order_id
     where a.version_id = $version and a.offer = $offer
       and (h.outcome = 'charged' or h.outcome is null and (h.until is null or h.until > $now)) limit 1`,
    { version: version.id, offer, now }
  )
  if (other === undefined) return
  throw new Refused({
    code: "accuracy.reserved",
    message: `Another order has the offer ${offer} of ${version.product} ${version.version} reserved; nothing was ordered and nothing charged.`,
    fix:
      other.until === null
        ? "It is being made. Order it afterwards: what was made is sold to everybody at its list price."
        : `Order it when it was made, or after ${other.until} if the other order is not paid by then.`,
    where: { field: "offer" }
  })
}
