import type { Db } from "#core/records/Records.ts"

/** A version that breaks the contract of what is on sale. */
export interface WaitingVersion {
  readonly versionId: string
  readonly since: string
  readonly requestedBy: string | null
}

/** The newest version of a product, if it waits for its approval; one that was overtaken by a version on sale waits for nothing. */
export const waitingVersion = (db: Db, product: string): WaitingVersion | undefined =>
  db.get<WaitingVersion & object>(
    `select h.version_id as versionId, h.since, h.requested_by as requestedBy
     from version_hold h join product_version v on v.id = h.version_id
     where v.product = $product and h.lifted_at is null
       and v.seq = (select max(seq) from product_version o where o.product = v.product and o.status = 'listed')`,
    { product }
  )
