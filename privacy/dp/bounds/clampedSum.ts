import type { Slots } from "./subjectSlots.ts"

/** A subject's sum in a slot, clamped to bounds within 2^40; undefined where the subject has no value. */
export function clampedSum(
  { sum, high }: Slots,
  at: number,
  { lower, upper }: { readonly lower: number; readonly upper: number }
): number | undefined {
  const low = sum[at]!
  if (low !== low) return undefined
  // Inexact only far beyond the bounds.
  return Math.min(Math.max(high[at]! * 2 ** 52 + low, lower), upper)
}
