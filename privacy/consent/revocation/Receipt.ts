import type { FrozenArtefact } from "./Affected.ts"

/** What a receipt says; its canonical JSON under the subject's salt is what the log holds. */
export interface RevocationDocument {
  readonly v: 1
  /** The id of the revocation in the log. */
  readonly operation: string
  /** The subject's pseudonym. */
  readonly subject: string
  /** Digest of the grant that was in force; null where only the controller's word stood. */
  readonly grant: string | null
  /** Every later permit, release and use carries a later one. */
  readonly epoch: number
  /** Second since 1970. */
  readonly at: number
  readonly frozen: ReadonlyArray<FrozenArtefact>
}

/** The acknowledgement of a revocation: durable, in order, and checkable by `assay-verify.mjs receipt` without the house. */
export interface Receipt {
  /** Place of the revocation in the log. */
  readonly index: number
  readonly epoch: number
  /** Root of the log that holds it, 64 hexadecimal digits. */
  readonly root: string
  /** Entries of that log. */
  readonly size: number
  readonly frozen: ReadonlyArray<FrozenArtefact>
  readonly operation: string
  readonly at: number
  readonly document: string
  readonly proof: string
  /** Of the subject; this and the key of the log is all that a check needs. */
  readonly salt: string
  readonly key: string
}
