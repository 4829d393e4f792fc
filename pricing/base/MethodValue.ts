import type { Evidence } from "../evidence/Evidence.ts"

/** What one of the three methods says a product's reference artefact is worth, and what it rests on. */
export interface MethodValue {
  readonly method: "cost" | "income" | "market"
  /** Minor units. */
  readonly value: Evidence
  /** How many independent figures it rests on: ledger rows, forecast periods, comparables. */
  readonly n: number
  /** Every figure that went in. */
  readonly evidence: ReadonlyArray<Evidence>
}
