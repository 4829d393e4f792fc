import type { Db } from "#core/records/Records.ts"
import type { Offer } from "#pricing/offer/Menu.ts"
import { readEntitled } from "../delivery/readEntitled.ts"
import { requireDeliverable } from "../life/requireDeliverable.ts"
import type { ProductVersion } from "../product/ProductVersion.ts"
import { requireThawed } from "../recall/requireThawed.ts"
import { requireTerms } from "../terms/requireTerms.ts"
import { readTrial } from "../trial/readTrial.ts"
import { requireOpen } from "../trial/useTrial.ts"

/** What a key's holder may look up. */
export interface Holding {
  readonly buyer: string
  readonly version: ProductVersion
  /** Absent for the whole version. */
  readonly offer: Offer | undefined
  /** The trial whose bounds hold; absent for an order, also for one that a trial was converted to. */
  readonly trial?: string
}

/**
 * What an order or a trial entitles to now: bought for good, or to be tried.
 *
 * @param now  ISO instant
 * @throws     BadInput if it is unknown; Refused if it is not paid, has ended, or its terms no longer hold
 */
export function readHolder(db: Db, holder: string, now: string): Holding {
  if (!holder.startsWith("tri_")) return ofOrder(db, holder, now)
  const trial = readTrial(db, holder, now)
  if (trial.state === "converted") return ofOrder(db, trial.order!, now)
  requireOpen(trial)
  const { document } = db.get<{ document: string }>(
    "select v.document from trial t join product_version v on v.id = t.version_id where t.id = $holder",
    { holder }
  )!
  const version = JSON.parse(document) as ProductVersion
  const { buyer, purpose } = trial
  requireThawed(db, version.product)
  requireDeliverable(db, version)
  requireTerms(db, version, { buyer, purpose }, now)
  return { buyer, version, offer: undefined, trial: holder }
}

function ofOrder(db: Db, id: string, now: string): Holding {
  const { order, version, offer } = readEntitled(db, id, now)
  return { buyer: order.buyer, version, offer }
}
