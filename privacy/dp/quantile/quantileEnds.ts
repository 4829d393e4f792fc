import type { Choose } from "./approximateQuantiles.ts"

/** What the ends of an interval are chosen with. */
export interface EndChoice {
  /** candidates are counted in it and the shares are parts of it */
  readonly under: number
  /** eps of one choice */
  readonly epsilon: number
  /** so many choices are made for one interval, besides the count */
  readonly choose: Choose
  /** a lower bound of the number of values that fails with probability beta at most */
  readonly least: number
  /** probability with which one end may fail */
  readonly beta: number
}

/**
 * Two candidates between which a quantile lies, but for beta each (and the beta of `least`): each is chosen privately
 * for a share so much lower or higher that the rank by which the choice may miss does not reach the quantile itself.
 * @param counts  per candidate
 * @param share   of the quantile, over `under`
 * @returns       places of the candidates; -1 or `counts.length` where only the bounds themselves can be said
 * @source        quantile.proof.md, "Interval"
 */
export function quantileEnds(
  counts: ArrayLike<number>,
  share: number,
  { under, epsilon, choose, least, beta }: EndChoice
): readonly [low: number, high: number] {
  const pick = (over: number): number => {
    const misses: Array<number> = []
    let n = 0
    for (let c = 0; c < counts.length; c++) n += counts[c]!
    let below = 0
    for (let c = 0; c < counts.length; c++) {
      const less = below
      below += counts[c]!
      misses.push(Math.max(0, under * less - over * n, over * n - under * below))
    }
    return choose(misses, Math.max(over, under - over))
  }
  // In ranks, for the worst sensitivity of a choice: `under`.
  const reach = (2 / epsilon) * Math.log(counts.length / beta)
  const shift = least <= 0 ? under : Math.ceil((reach / least) * under) + 1
  // Both choices are made whatever the shift is: time says nothing, and the charge is the same.
  const low = pick(Math.max(0, share - shift))
  const high = pick(Math.min(under, share + shift))
  return [share - shift <= 0 ? -1 : low, share + shift >= under ? counts.length : high]
}
