import { Context } from "effect"
import type { Db } from "#core/records/Records.ts"

/** What a revocation did to one artefact, in words that its subject may read. */
export interface FrozenArtefact {
  readonly kind: "assets" | "product" | "delivery" | "release"
  /** Product, version or release; never a buyer. */
  readonly name: string
  /**
   * masked: reads leave the subject out · suspended: not sold until it is made again · recalled: its links are dead and its buyer is told ·
   * stays: protected by a bound that was promised, and ends with its period
   */
  readonly effect: "masked" | "suspended" | "recalled" | "stays"
  /** ISO day until which it stays. */
  readonly until?: string
}

/** A revocation as the artefacts need to know it. */
export interface Freeze {
  readonly subj: number
  readonly epoch: number
  /** ISO instant. */
  readonly at: string
}

/** What has to stop when a subject says no. Declared here; the catalog fills it. */
export class Affected extends Context.Service<
  Affected,
  {
    /** Freezes every artefact that has rows of the subject, within the transaction of the revocation. */
    freeze(db: Db, freeze: Freeze): ReadonlyArray<FrozenArtefact>
  }
>()("privacy/Affected") {}
