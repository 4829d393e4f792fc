/**
 * Values a quantity of rows: V(m) = m^beta. Non-decreasing, and V(m)/m non-increasing, which is what makes row splits dearer.
 *
 * @param mu    m >= 0, in fresh rows
 * @param beta  0 < beta <= 1
 * @throws      RangeError outside these: a bug in the caller
 * @source      pricing.md, The price
 */
export function volumeValue(mu: number, beta: number): number {
  if (!(mu >= 0 && mu < Infinity)) throw new RangeError(`volumeValue: mu ${mu}`)
  if (!(beta > 0 && beta <= 1)) throw new RangeError(`volumeValue: beta ${beta}`)
  return mu ** beta
}
