import { derivedNumber } from "../evidence/derivedNumber.ts"
import type { Comparables } from "./readComparables.ts"
import type { MethodValue } from "./MethodValue.ts"

/**
 * Values a product at the median of comparable sales, each times its coefficients for quality, demand, date and volume.
 *
 * @returns  undefined where there are no comparables
 * @source   pricing.md, Base price
 */
export function marketMethod({ comparables }: Comparables, when: string): MethodValue | undefined {
  if (comparables.length === 0) return undefined
  const adjusted = comparables
    .map(({ price, coefficients }) => coefficients.reduce((product, one) => product * one.value, price.value))
    .sort((a, b) => a - b)
  const middle = Math.floor(adjusted.length / 2)
  const median = adjusted.length % 2 === 1 ? adjusted[middle]! : (adjusted[middle - 1]! + adjusted[middle]!) / 2
  const evidence = comparables.flatMap(({ price, coefficients }) => [price, ...coefficients])
  return {
    method: "market",
    value: derivedNumber(median, "minor", "method:market", when, evidence),
    n: comparables.length,
    evidence
  }
}
