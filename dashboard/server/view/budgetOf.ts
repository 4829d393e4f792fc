import { periodOf } from "#core/time/periodOf.ts"
import type { BudgetState } from "#privacy/budget/BudgetState.ts"
import { capDate } from "#privacy/budget/capDate.ts"
import { deltaUnits } from "#privacy/budget/deltaUnits.ts"
import type { LedgerEntry } from "#privacy/budget/LedgerEntry.ts"
import { rhoUnits } from "#privacy/dp/accounting/rhoUnits.ts"
import { readDays } from "#pricing/ttl/readDays.ts"
import type { Listing } from "#catalog/product/Catalog.ts"
import type { Budget } from "../../api/Budget.ts"

const periodFor = (freshness: string | undefined, today: string) => {
  const { id, days } = periodOf(today, readDays(freshness ?? "") ?? 31)
  return { id, everyDays: days }
}

/** The ledger for people: what each charge left, and how long the rest lasts if the listed products go on as they do. */
export function budgetOf(
  state: BudgetState,
  ledger: ReadonlyArray<LedgerEntry>,
  listings: ReadonlyArray<Listing>,
  today: string
): Budget {
  let whole = 0n
  const months = new Map<string, bigint>()
  const charges = ledger.map((entry) => {
    if (entry.month === null) whole += BigInt(entry.rhoUnits)
    else months.set(entry.month, (months.get(entry.month) ?? 0n) + BigInt(entry.rhoUnits))
    // Of a subject all that touched it whole, and the fullest of its months.
    const units = [...months.values()].reduce((most, own) => (own > most ? own : most), 0n) + whole
    return {
      id: entry.releaseId,
      at: entry.reservedAt,
      product: entry.product === "" ? null : entry.product,
      period: entry.period,
      purpose: entry.purpose,
      rho: rhoUnits.toRho(BigInt(entry.rhoUnits)),
      delta: deltaUnits.toDelta(entry.deltaUnits),
      state: entry.committedAt === null ? "reserved" : "committed",
      spentAfter: rhoUnits.toRho(units)
    }
  })
  const byMonth = new Set(ledger.flatMap(({ product, month }) => (month === null ? [] : [product])))
  const steady = listings.filter(({ product }) => !byMonth.has(product))
  const cadences = steady.map(({ product, version }) => ({
    units: ledger
      .filter((entry) => entry.product === product && entry.period === version.period)
      .reduce((sum, entry) => sum + BigInt(entry.rhoUnits), 0n),
    ...periodFor(version.offering.scenario.freshness, today)
  }))
  // The calendar begins with a charge of each product today; that of the running period is in the ledger already.
  const chargedAlready = cadences.reduce(
    (sum, { units }, i) => sum + (steady[i]!.version.period === cadences[i]!.id ? units : 0n),
    0n
  )
  const { cap, spent, left, leftUnits } = state
  return { cap, spent, left, runsOut: capDate(leftUnits + chargedAlready, cadences, today).runsOut ?? null, charges }
}
