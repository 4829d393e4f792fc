/** ACTIVE -> FROZEN -> WITHDRAWN -> ERASED; only a new grant (the next of the chain) makes ACTIVE again. */
export type SubjectState = "ACTIVE" | "FROZEN" | "WITHDRAWN" | "ERASED"

/** One change of what a subject permits; every change has an epoch of its own. */
export interface SubjectChange {
  readonly epoch: number
  readonly subj: number
  readonly state: SubjectState
  /** SHA-256 of the grant that came into force or was revoked; null where it was only asserted by the controller. */
  readonly grant: string | null
}
