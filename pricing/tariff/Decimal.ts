/** An exact decimal: units x 10^-scale. */
export interface Decimal {
  readonly units: bigint
  readonly scale: number
}

const form = /^(\d+)(?:\.(\d+))?(?:e([+-]\d{1,3}))?$/

/**
 * Reads a non-negative number exactly as it is written; a `number` is taken as its shortest decimal text.
 *
 * @returns  the decimal, or undefined if it is negative, not finite or not a number
 */
export function readDecimal(value: string | number): Decimal | undefined {
  const match = form.exec(String(value))
  if (match === null) return undefined
  const fraction = match[2] ?? ""
  const scale = fraction.length - Number(match[3] ?? 0)
  const units = BigInt(match[1]! + fraction)
  return scale >= 0 ? { units, scale } : { units: units * 10n ** BigInt(-scale), scale: 0 }
}

/** The units of a decimal at a scale that is at least its own. */
export function unitsAt(decimal: Decimal, scale: number): bigint {
  return decimal.units * 10n ** BigInt(scale - decimal.scale)
}
