import { Context } from "effect"
import type { Effect } from "effect"
import type { BadInput } from "#core/BadInput.ts"
import type { Db, RecordsError } from "#core/records/Records.ts"
import type { Refused } from "#core/Refused.ts"
import type { ReleaseDefinition } from "./ReleaseDefinition.ts"

/** A release that stands on the shelf, on its way into the catalog. */
export interface FreshRelease {
  readonly definition: ReleaseDefinition
  readonly releaseId: string
  /** Such as `2026-11`. */
  readonly period: string
  readonly planHash: string
  /** SHA-256 of the file on the shelf. */
  readonly artefact: string
  readonly bytes: number
  /** Rows of the released table, which is itself a released number. */
  readonly rows: number
  readonly certificate: unknown
  /** The released table, whole: noisy and small. */
  readonly table: Readonly<Record<string, ReadonlyArray<unknown>>>
}

/** The releases that product files add to the graph, and the shop they go to. Declared here, filled from the catalog by app.ts. */
export class Products extends Context.Service<
  Products,
  {
    readonly definitions: Effect.Effect<ReadonlyArray<ReleaseDefinition>, BadInput | Refused | RecordsError>
    /** Writes the version inside the transaction that commits the charge; repeating it changes nothing. */
    publish(db: Db, release: FreshRelease): void
  }
>()("pipelines/Products") {}
