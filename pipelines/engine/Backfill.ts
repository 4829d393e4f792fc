/** Partitions that are to be made anew: the first and the last, and how many at once if not as their asset says. */
export interface Backfill {
  readonly from: string
  readonly to: string
  readonly batch?: number
}
