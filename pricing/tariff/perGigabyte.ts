import { derivedNumber } from "../evidence/derivedNumber.ts"
import type { Evidence } from "../evidence/Evidence.ts"
import type { PriceInputs } from "../price/PriceInputs.ts"

const gigabyte = 1e9

/**
 * Restates price inputs for a sale by the GB: mu is measured in canonical logical bytes instead of rows, in the artefact and in the
 * reference alike, and the price function stays the same, so every rule that holds by the row holds by the GB.
 *
 * @param bytesPerRow  canonical bytes of one row of the artefact and of the reference, above 0
 * @source             pricing.md, Further rules
 */
export function inBytes(
  inputs: PriceInputs,
  bytesPerRow: { readonly artefact: Evidence; readonly reference: Evidence }
): PriceInputs {
  const measured = (of: "artefact" | "reference") => {
    const { mu } = inputs[of]
    const size = bytesPerRow[of]
    if (!(size.value > 0)) throw new RangeError(`inBytes: ${size.value} bytes a row`)
    return { ...inputs[of], mu: derivedNumber(mu.value * size.value, "byte", `${mu.where}*bytes`, mu.when, [mu, size]) }
  }
  return { ...inputs, artefact: measured("artefact"), reference: measured("reference") }
}

/**
 * What a version costs per GB, for comparison with the market; null below 1 GB, where ten kilobytes would read as a billion per GB and
 * the price per product is shown instead.
 *
 * @param fen    list price in minor units
 * @param bytes  canonical logical bytes
 * @source       pricing.md, What the executive sees
 */
export function fenPerGigabyte(fen: number, bytes: number): number | null {
  return bytes >= gigabyte ? fen / (bytes / gigabyte) : null
}
