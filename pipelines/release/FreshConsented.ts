import type { Certificate } from "#privacy/dp/certificate/Certificate.ts"
import type { ConsentedDefinition } from "./ConsentedDefinition.ts"

/** Consented rows that stand on the shelf, on their way into the catalog. */
export interface FreshConsented {
  readonly definition: ConsentedDefinition
  readonly releaseId: string
  readonly period: string
  /** ISO day. */
  readonly asOf: string
  /** ISO instant. */
  readonly at: string
  readonly artefact: string
  readonly bytes: number
  /** Of the released file, which its buyer can count. */
  readonly rows: number
  /** Values that are there, and different rows: of the released file as well. */
  readonly present: number
  readonly different: number
  readonly certificate: Certificate
  /** SQL types of the columns, in their order, by name. */
  readonly types: Readonly<Record<string, string>>
  /** Under which the licences were read. */
  readonly epoch: number
}
