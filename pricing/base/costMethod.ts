import { derivedNumber } from "../evidence/derivedNumber.ts"
import type { Evidence } from "../evidence/Evidence.ts"
import type { MethodValue } from "./MethodValue.ts"

/** What the cost method reads. */
export interface CostInputs {
  /** Rows of the cost ledger, in minor units. */
  readonly costs: ReadonlyArray<Evidence>
  /** Return on cost, such as 0.1. */
  readonly margin: Evidence
  /** Coefficient U of quality, circulation, scarcity and risk, above 0. */
  readonly usefulness: Evidence
}

/**
 * Values a product at what it cost: total of the cost ledger x (1 + return) x U.
 *
 * @returns  undefined where the ledger is empty: nothing is known, which is not the same as worth nothing
 * @throws   RangeError if a cost or the margin is negative or U not positive: a bug in the caller
 * @source   pricing.md, Base price
 */
export function costMethod({ costs, margin, usefulness }: CostInputs, when: string): MethodValue | undefined {
  if (costs.length === 0) return undefined
  if (costs.some(({ value }) => value < 0) || !(margin.value >= 0) || !(usefulness.value > 0))
    throw new RangeError("costMethod: a cost, the margin or U is out of range")
  const evidence = [...costs, margin, usefulness]
  const total = costs.reduce((sum, { value }) => sum + value, 0)
  const value = total * (1 + margin.value) * usefulness.value
  return {
    method: "cost",
    value: derivedNumber(value, "minor", "method:cost", when, evidence),
    n: costs.length,
    evidence
  }
}
