/** How the worth of a row fades. All in days, `archival` as a share. */
export interface Decay {
  /** Half-life h > 0 of what fades. */
  readonly halfLifeDays: number
  /** Freshness that counts as new, s >= 0. */
  readonly graceDays: number
  /** Share phi in 0..1 that history keeps for ever. */
  readonly archival: number
}

/**
 * Tells what a row of this age is still worth: T(a) = phi + (1 - phi) 2^(-max(0, a - s) / h).
 *
 * @param ageDays  age of the row's event time; a negative age counts as 0
 * @returns        a share in phi..1, never rising with age
 * @throws         RangeError if a parameter is out of its range or not finite: a bug in the caller
 * @source         pricing.md, TTL
 */
export function timeliness(ageDays: number, decay: Decay): number {
  checkDecay(decay)
  if (!Number.isFinite(ageDays)) throw new RangeError(`timeliness: age ${ageDays}`)
  const faded = Math.max(0, ageDays - decay.graceDays) / decay.halfLifeDays
  return decay.archival + (1 - decay.archival) * 2 ** -faded
}

/** @throws RangeError if h <= 0, s < 0 or phi outside 0..1 */
export function checkDecay({ halfLifeDays, graceDays, archival }: Decay): void {
  if (!(halfLifeDays > 0 && halfLifeDays < Infinity)) throw new RangeError(`half-life ${halfLifeDays}`)
  if (!(graceDays >= 0 && graceDays < Infinity)) throw new RangeError(`grace ${graceDays}`)
  if (!(archival >= 0 && archival <= 1)) throw new RangeError(`archival share ${archival}`)
}
