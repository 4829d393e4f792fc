import { BadInput } from "#core/BadInput.ts"
import { accuracyValue } from "./accuracyValue.ts"
import type { PriceInputs } from "./PriceInputs.ts"
import { roundUpFen } from "./roundUpFen.ts"
import { volumeValue } from "./volumeValue.ts"

/** Above it a float64 no longer tells one fen from the next. */
const largest = 2 ** 52

/** The factors of a price, for its explanation. Amounts in minor units, not rounded; the ratios are against the reference artefact. */
export interface PriceTerms {
  readonly base: number
  readonly demand: number
  /** H(S)/H(S*) */
  readonly depth: number
  /** V(mu(N))/V(mu*) */
  readonly volume: number
  /** g(rho)/g(rho*) */
  readonly accuracy: number
  /** The product of the five. */
  readonly formula: number
  readonly floor: number
  /** What decided the price. */
  readonly decidedBy: "formula" | "floor"
}

/** A price in whole minor units of the inputs' currency. */
export interface Price {
  readonly fen: number
  readonly terms: PriceTerms
}

/**
 * Prices an artefact: max(Floor, Base M H(S)/H(S*) V(mu)/V(mu*) g(rho)/g(rho*)), rounded up.
 *
 * For H monotone and submodular and mu additive, purchases that together give every cell of (rows, columns) at least the budget rho
 * never cost less than the whole bought at once. It assumes independent noise between purchases, and that buying one release again
 * returns the same bytes.
 *
 * @throws  RangeError if an input is out of its range: a bug in the caller; BadInput if the reference artefact is too small to divide
 *          by, or the price too large to count exactly
 * @source  pricing.md, The price
 */
export function price(inputs: PriceInputs): Price {
  const { base, floor, demand, beta, r0, reference, artefact } = inputs
  if (!(base.value >= 0 && floor.value >= 0 && demand.value > 0))
    throw new RangeError("price: base, floor or demand out of range")
  if (!(reference.bits.value > 0 && artefact.bits.value >= 0)) throw new RangeError("price: depth out of range")
  const referenceVolume = volumeValue(reference.mu.value, beta.value)
  const referenceAccuracy = accuracyValue(reference.rho.value, r0.value)

  const depth = artefact.bits.value / reference.bits.value
  const volume = volumeValue(artefact.mu.value, beta.value) / referenceVolume
  const accuracy = accuracyValue(artefact.rho.value, r0.value) / referenceAccuracy
  const formula = base.value * demand.value * depth * volume * accuracy
  if (!(formula <= largest && floor.value <= largest)) {
    throw new BadInput({
      code: "price.size",
      message: "The price is too large to be counted in whole fen.",
      fix: "Check the base price, and that the reference artefact has rows, bits and rho of the artefact's size."
    })
  }
  return {
    fen: roundUpFen(Math.max(floor.value, formula)),
    terms: {
      base: base.value,
      demand: demand.value,
      depth,
      volume,
      accuracy,
      formula,
      floor: floor.value,
      decidedBy: formula > floor.value ? "formula" : "floor"
    }
  }
}
