import { derivedNumber } from "../evidence/derivedNumber.ts"
import type { Evidence } from "../evidence/Evidence.ts"
import { publicNumber } from "../evidence/publicNumber.ts"

/** A row of the cost ledger. */
export interface CostEntry {
  /** Minor units; a reversal is negative. */
  readonly amount: Evidence
  /** What the money was spent on; only what was bought or developed can be on the books. */
  readonly phase: "purchase" | "research" | "development" | "operation"
  /** Whether a development cost meets the six conditions of CAS 6; ignored for the other phases. */
  readonly isCapitalised: boolean
  /** `intangible` (CAS 6) is amortised over its life, `inventory` (CAS 1) stays at cost until it is sold. */
  readonly treatment: "intangible" | "inventory"
  /** Months of useful life, from the month after the cost. */
  readonly lifeMonths: number
  /** ISO day. */
  readonly at: string
}

/** What stands on the books. */
export interface BookValue {
  /** What was capitalised, in minor units. */
  readonly cost: number
  readonly amortised: number
  /** What was spent and went through profit and loss at once. */
  readonly expensed: number
  readonly book: Evidence
}

/**
 * Works out the book value of an asset from its cost ledger: purchases and capitalised development at cost, less straight-line
 * amortisation by the month, rounded down, so that nothing is written off twice. Research and operation are expensed.
 *
 * An internal figure in the manner of CAS 6 and CAS 1; it is no audited statement.
 *
 * @param at  ISO day; later entries do not count
 * @throws    RangeError for an intangible without a life: a bug in the caller
 * @source    pricing.md, What the executive sees
 */
export function bookValue(entries: ReadonlyArray<CostEntry>, at: string): BookValue {
  let [cost, amortised, expensed] = [0, 0, 0]
  const counted = entries.filter((entry) => entry.at.slice(0, 10) <= at.slice(0, 10))
  for (const { amount, phase, isCapitalised, treatment, lifeMonths, at: since } of counted) {
    if (phase !== "purchase" && !(phase === "development" && isCapitalised)) {
      expensed += amount.value
      continue
    }
    cost += amount.value
    if (treatment === "inventory") continue
    if (!(lifeMonths > 0)) throw new RangeError("bookValue: an intangible without a useful life")
    const share = Math.min(1, Math.max(0, monthsBetween(since, at)) / lifeMonths)
    amortised += Math.trunc(amount.value * share)
  }
  const sources = counted.map(({ amount }) => amount)
  const when = at.slice(0, 10)
  return {
    cost,
    amortised,
    expensed,
    book:
      sources.length === 0
        ? publicNumber(0, "minor", "cost-ledger#empty", when)
        : derivedNumber(cost - amortised, "minor", "cost-ledger#book", when, sources)
  }
}

const monthsBetween = (from: string, to: string): number => {
  const [fromYear, fromMonth] = from.split("-").map(Number)
  const [toYear, toMonth] = to.split("-").map(Number)
  return (toYear! - fromYear!) * 12 + toMonth! - fromMonth!
}
