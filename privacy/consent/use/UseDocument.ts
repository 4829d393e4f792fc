import type { Action } from "../Operation.ts"

/**
 * What the log's `use` entry vouches for: its commitment is the SHA-256 of this document's canonical JSON. It says what was done and commits
 * to whom it touched, and names nobody. The nonce keeps others from guessing it.
 */
export interface UseDocument {
  readonly v: 1
  /** The id of the operation; also what is hashed with a subject's salt. */
  readonly operation: string
  readonly action: Action
  readonly purpose: string
  readonly recipient: string
  /** The asset that was made or the product that was handed over. */
  readonly asset: string
  /** Under which epoch it was decided. */
  readonly epoch: number
  /** Second since 1970. */
  readonly at: number
  readonly nonce: string
  readonly set: { readonly size: number; readonly root: string }
}
