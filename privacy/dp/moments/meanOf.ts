/** The noisy totals of one group, in steps. */
export interface NoisyMoments {
  /** subjects with a value */
  readonly count: number
  /** sum of x - center */
  readonly sum: number
  /** sum of (x - center)^2 - radius^2 */
  readonly square?: number
  readonly center: number
  readonly radius: number
}

/** half-widths that hold `count` and `sum` with 97.5 % each */
export interface MomentWidths {
  readonly count: number
  readonly sum: number
}

/** The mean of a group from its noisy totals, and the half-width of its 95 % interval; in steps. */
export function meanOf(moments: NoisyMoments, widths: MomentWidths): { readonly value: number; readonly half: number } {
  const { center, radius, sum } = moments
  const n = Math.max(1, moments.count)
  const value = Math.min(radius, Math.max(-radius, sum / n))
  const least = Math.max(1, n - widths.count)
  const most = n + widths.count
  const ends = [sum - widths.sum, sum + widths.sum].flatMap((edge) => [edge / least, edge / most])
  const half = Math.max(...ends.map((end) => Math.abs(Math.min(radius, Math.max(-radius, end)) - value)))
  return { value: center + value, half }
}
