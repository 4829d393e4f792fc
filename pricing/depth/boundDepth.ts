import type { Evidence } from "../evidence/Evidence.ts"

/** What is known of a key column before anything was released. */
export interface BoundedKey {
  readonly name: string
  /** How many values it can have, publicly; null where nobody said. */
  readonly domain: Evidence | null
  /** Entropy of its marginal, where that was measured under a charge. */
  readonly marginalBits?: Evidence
}

/** What is known of a measure: the bounds of one figure and the noise that is planned for it. */
export interface BoundedMeasure {
  readonly name: string
  /** Largest less smallest figure that the declared bounds allow. */
  readonly range: Evidence
  readonly noiseVariance: Evidence
}

/** H(S) lies between the two, in bits. */
export interface BitsBetween {
  readonly low: number
  readonly high: number
}

/** What a key of unknown size may at most tell: a sample of 2^16 rows tells no more apart. */
const mostBits = 16

/**
 * Bounds H(S) of a release that was not made yet from public domain sizes, paid marginals and planned noise; no row is read.
 *
 * Keys tell at least what the most telling paid marginal does and at most the sum of their domains; a figure within a range R has at
 * most the variance R^2/4 besides its noise (Popoviciu), and may tell nothing.
 *
 * @source  pricing.md, Fit: before a release exists H is shown as an interval
 */
export function boundDepth(keys: ReadonlyArray<BoundedKey>, measures: ReadonlyArray<BoundedMeasure>): BitsBetween {
  let low = 0
  let high = 0
  for (const { domain, marginalBits } of keys) {
    if (marginalBits !== undefined) low = Math.max(low, marginalBits.value)
    high += marginalBits?.value ?? (domain === null ? mostBits : Math.log2(Math.max(1, domain.value)))
  }
  for (const { range, noiseVariance } of measures)
    high += Math.log2(1 + (range.value / 2) ** 2 / noiseVariance.value) / 2
  return { low, high }
}
