/**
 * Prices what is still missing to somebody who owns a part: P(owned + new) - P(owned). Never negative and never more than buying the new
 * part alone, since P is monotone and subadditive.
 *
 * @param owned  P of what the buyer owns, in minor units
 * @param whole  P of that together with what is new
 * @throws       RangeError if the whole costs less than its part: then P was not monotone, a bug
 * @source       pricing.md, Further rules
 */
export function upgradeFen(owned: number, whole: number): number {
  if (!(owned >= 0 && whole >= owned)) throw new RangeError(`upgradeFen: ${owned} of ${whole}`)
  return whole - owned
}
