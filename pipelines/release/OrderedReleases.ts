import { Context } from "effect"
import type { Effect } from "effect"
import type { Db, RecordsError } from "#core/records/Records.ts"
import type { Certificate } from "#privacy/dp/certificate/Certificate.ts"

/** A more accurate release of a product's newest version that a buyer has paid for; its loss is held under the order's id. */
export interface OrderedRelease {
  readonly order: string
  readonly buyer: string
  readonly purpose: string
  readonly product: string
  /** Id of the version, and the period and the plan that it was released by. */
  readonly versionId: string
  readonly period: string
  readonly plan: string
  readonly offer: string
  /** Of the release that is to be made, at the delta of the version's own. */
  readonly epsilon: number
}

/** What was made for an order and stands on the shelf. */
export interface MadeForOrder {
  readonly releaseId: string
  readonly artefact: string
  readonly certificate: Certificate
  readonly at: string
}

/** Releases that are made because somebody has ordered them. Declared here, filled from the catalog by app.ts. */
export class OrderedReleases extends Context.Service<
  OrderedReleases,
  {
    /** Paid for and not made, oldest order first. */
    readonly waiting: Effect.Effect<ReadonlyArray<OrderedRelease>, RecordsError>
    /** For the transaction that commits the charge: from then on it is what the offer delivers. */
    shelved(db: Db, ordered: OrderedRelease, made: MadeForOrder): void
  }
>()("pipelines/OrderedReleases") {}
