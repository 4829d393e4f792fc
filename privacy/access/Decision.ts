/** What a policy says to a request. */
export interface Decision {
  readonly allowed: boolean
  /** The policies that decided: those that permit, or those that forbid; `none` where none permits, `error` where one failed. */
  readonly because: ReadonlyArray<string>
}
