const slack = 2 ** -30

/**
 * Rounds a float64 amount up to whole minor units: ceil(x - 2^-30 max(1, x)).
 *
 * A bare ceil is one unit high in about 6 % of exact products, where float64 lands just above the integer. Rounding up, not to the
 * nearest, keeps the price subadditive.
 *
 * @param x  minor units, >= 0
 * @throws   RangeError if x is negative, NaN or too large to be exact: a bug in the caller
 * @source   pricing.md, The price
 */
export function roundUpFen(x: number): number {
  const fen = Math.ceil(x - slack * Math.max(1, x))
  if (!(x >= 0) || !Number.isSafeInteger(fen)) throw new RangeError(`roundUpFen: ${x}`)
  // Math.ceil(-0.0001) is -0, which canonical JSON and strict equality would tell from 0.
  return fen === 0 ? 0 : fen
}
