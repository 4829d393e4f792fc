import type { Evidence } from "../evidence/Evidence.ts"

/**
 * Splits an amount by weights into whole minor units that sum exactly to it: each gets the whole part of its share, and what is left goes
 * one by one to the largest remainders, the earlier one first where they are equal.
 *
 * @param fen      minor units, a whole number of zero or more
 * @param weights  zero or more each, not all zero
 * @returns        minor units in the order of the weights
 * @throws         RangeError outside these: a bug in the caller
 * @source         pricing.md, Further rules: revenue split sums exactly
 */
export function splitRevenue(fen: number, weights: ReadonlyArray<Evidence>): ReadonlyArray<number> {
  const total = weights.reduce((sum, { value }) => sum + value, 0)
  if (!Number.isSafeInteger(fen) || fen < 0) throw new RangeError(`splitRevenue: ${fen}`)
  if (!(total > 0 && total < Infinity) || weights.some(({ value }) => !(value >= 0)))
    throw new RangeError("splitRevenue: weights")
  const exact = weights.map(({ value }) => fen * (value / total))
  const parts = exact.map(Math.floor)
  const order = exact.map((_, i) => i).sort((a, b) => exact[b]! - parts[b]! - (exact[a]! - parts[a]!) || a - b)
  let left = fen - parts.reduce((sum, part) => sum + part, 0)
  // Rounding of the shares can leave one unit too many or too few before it is dealt out; either way it ends at the amount.
  for (let i = 0; left !== 0; i = (i + 1) % order.length) {
    const at = order[i]!
    if (weights[at]!.value === 0 || (left < 0 && parts[at] === 0)) continue
    parts[at]! += Math.sign(left)
    left -= Math.sign(left)
  }
  return parts
}
