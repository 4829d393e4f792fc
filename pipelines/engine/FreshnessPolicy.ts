/**
 * How old an asset may be, in hours since it was made or found unchanged; for a daily one, how long after its end each day may be missing or
 * out of date. Beyond `warnAfterHours` it is late, beyond `failAfterHours` `check` fails.
 */
export interface FreshnessPolicy {
  readonly warnAfterHours?: number
  readonly failAfterHours?: number
}
