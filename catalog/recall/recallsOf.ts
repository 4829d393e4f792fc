import type { Db } from "#core/records/Records.ts"

/** A notice that called a version back from a buyer. */
export interface Recall {
  readonly id: string
  readonly order: string
  readonly buyer: string
  readonly product: string
  readonly version: string
  /** ISO instant. */
  readonly at: string
  /** What the buyer was told: canonical JSON, and its signature by the house. */
  readonly document: string
  readonly signature: string
  /** When the buyer declared that nothing of it is left; null before. */
  readonly attestedAt: string | null
}

/** Notices to one buyer or to all, oldest first. */
export const recallsOf = (db: Db, buyer?: string): ReadonlyArray<Recall> =>
  db.all<Recall>(
    `select n.id, n.order_id as "order", o.buyer, v.product, v.version, n.at, n.document, n.signature, n.attested_at as attestedAt
     from recall_notice n join buyer_order o on o.id = n.order_id join product_version v on v.id = n.version_id
     where $buyer is null or o.buyer = $buyer order by n.at, n.id`,
    { buyer: buyer ?? null }
  )
