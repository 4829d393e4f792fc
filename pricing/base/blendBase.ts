import { derivedNumber } from "../evidence/derivedNumber.ts"
import type { Evidence } from "../evidence/Evidence.ts"
import type { MethodValue } from "./MethodValue.ts"

/** An appraisal: what each method says, how far it is believed, and what follows. */
export interface Appraisal {
  readonly methods: ReadonlyArray<MethodValue & { /** The weights sum to 1. */ readonly weight: number }>
  /** The weighted mean in minor units; undefined where no method could say anything. */
  readonly blend: Evidence | undefined
  /** What the price formula takes: the product file's own base where it states one, else the blend. */
  readonly base: Evidence | undefined
  readonly from: "product-file" | "blend" | "nothing"
}

/** How many figures a method needs to be believed by half. */
const halfBelief: Readonly<Record<MethodValue["method"], number>> = { cost: 4, income: 3, market: 5 }

/**
 * Blends the three methods with credibility weights w = n / (n + k), normalised. A base stated in the product file overrides the
 * blend; both are kept, so that the difference can be seen.
 *
 * @param methods   those that could say something, each at most once
 * @param override  `price.base` of the product file, in minor units
 * @source          pricing.md, Base price
 */
export function blendBase(
  methods: ReadonlyArray<MethodValue>,
  override: Evidence | undefined,
  when: string
): Appraisal {
  const belief = methods.map(({ method, n }) => n / (n + halfBelief[method]))
  const total = belief.reduce((sum, w) => sum + w, 0)
  const weighted = methods.map((method, i) => ({ ...method, weight: belief[i]! / total }))
  const blend =
    total > 0
      ? derivedNumber(
          weighted.reduce((sum, { value, weight }) => sum + weight * value.value, 0),
          "minor",
          "appraisal:blend",
          when,
          methods.flatMap(({ value }) => [value])
        )
      : undefined
  const from = override !== undefined ? "product-file" : blend !== undefined ? "blend" : "nothing"
  return { methods: weighted, blend, base: override ?? blend, from }
}
