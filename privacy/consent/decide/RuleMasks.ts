import type { RuleLimits } from "../LicenceTerms.ts"

/** A rule as bits; what it does not restrict has every bit. Each mask is below 2^63. */
export interface RuleMasks {
  readonly effect: "permit" | "prohibit"
  readonly actions: bigint
  readonly purposes: bigint
  readonly recipients: bigint
  readonly categories: bigint
  /** Of a permission that has any. */
  readonly limits?: RuleLimits
}
