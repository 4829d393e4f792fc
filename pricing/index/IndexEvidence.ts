import type { Evidence } from "../evidence/Evidence.ts"

/** One piece of evidence for an item or a gate. */
export interface IndexEvidence {
  /** Id of an item of the profile, or of a gate such as `G5`. */
  readonly item: string
  /** 0 to 1; for a gate 1 passes and anything less fails. */
  readonly value: Evidence
  /** For a rate: of how many it was taken. */
  readonly trials?: Evidence
  /** ISO instant at which it was measured or decided. */
  readonly when: string
  /** ISO instant from which it no longer counts, if sooner than the profile says. */
  readonly expiresAt?: string
  /** A sentence on what it is. */
  readonly note: string
  /** Who vouches for it; absent for what the house measured. */
  readonly signer?: string
  /** Made for the demo, to be read as such. */
  readonly isDemo?: boolean
}
