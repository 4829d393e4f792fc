import { Context } from "effect"
import type { Effect } from "effect"
import type { BadInput } from "#core/BadInput.ts"
import type { Db, RecordsError } from "#core/records/Records.ts"
import type { Certificate } from "#privacy/dp/certificate/Certificate.ts"
import type { ConsentedDefinition } from "./ConsentedDefinition.ts"
import type { FreshConsented } from "./FreshConsented.ts"
import type { ReleaseDefinition } from "./ReleaseDefinition.ts"

/** A release that stands on the shelf, on its way into the catalog. Nothing in it was counted on raw rows. */
export interface FreshRelease {
  readonly definition: ReleaseDefinition
  readonly releaseId: string
  /** Such as `2026-11`. */
  readonly period: string
  /** ISO day up to which rows may be in it. */
  readonly asOf: string
  /** ISO instant at which it was made. */
  readonly at: string
  /** SHA-256 of the file on the shelf. */
  readonly artefact: string
  readonly bytes: number
  /** Rows of the released table, which is itself a released number. */
  readonly rows: number
  readonly certificate: Certificate
  /** SQL types of the columns, by name. */
  readonly types: Readonly<Record<string, string>>
  /** The released table, whole: noisy and small. */
  readonly table: Readonly<Record<string, ReadonlyArray<unknown>>>
}

/** The releases that product files add to the graph, and the shop they go to. Declared here, filled from the catalog by app.ts. */
export class Products extends Context.Service<
  Products,
  {
    readonly definitions: Effect.Effect<ReadonlyArray<ReleaseDefinition>, BadInput | RecordsError>
    /** The products whose rows leave with consent. */
    readonly consented: Effect.Effect<ReadonlyArray<ConsentedDefinition>, BadInput | RecordsError>
    /** A version of this release is listed and was not called back. */
    stands(release: string): Effect.Effect<boolean, RecordsError>
    /** Until when consented rows that were suspended wait before they are made again by themselves, in milliseconds since 1970. */
    waits(product: string): Effect.Effect<number | undefined, RecordsError>
    /** As `draft`, for consented rows. */
    draftConsented(release: FreshConsented): Effect.Effect<(db: Db) => void, BadInput | RecordsError>
    /** Prepares a version for the catalog; fails where the product file cannot be used, before anything is written. */
    draft(release: FreshRelease): Effect.Effect<(db: Db) => void, BadInput | RecordsError>
  }
>()("pipelines/Products") {}
