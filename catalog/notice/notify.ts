import type { Db } from "#core/records/Records.ts"
import { entitledOrders } from "./entitledOrders.ts"
import type { Announcement } from "./Notice.ts"
import { tell } from "./tell.ts"

/**
 * Tells everybody who is entitled to a product what happened to it, within the transaction in which it happens: a line in the inbox of each
 * buyer, and a message to each address that a buyer gave for it.
 *
 * @returns how many buyers were told
 */
export function notify(db: Db, announcement: Announcement): number {
  const buyers = [...new Set(entitledOrders(db, announcement.product, announcement.at).map(({ buyer }) => buyer))]
  for (const buyer of buyers) tell(db, buyer, announcement)
  return buyers.length
}
