import { DateTime, Effect } from "effect"
import { parseMoney } from "#core/money/parseMoney.ts"
import { Budget } from "#privacy/budget/Budget.ts"
import { reckon } from "#pricing/evidence/reckon.ts"
import { Drills } from "#catalog/backup/Drills.ts"
import { Buyers } from "#catalog/buyer/Buyers.ts"
import { Catalog } from "#catalog/product/Catalog.ts"
import { TotalRevenue } from "#catalog/value/TotalRevenue.ts"
import type { BuyerEntry } from "../../../api/admin/BuyerEntry.ts"
import type { HouseState } from "../../../api/admin/HouseState.ts"
import type { RevenueEntry } from "../../../api/admin/RevenueEntry.ts"
import { budgetOf } from "../../view/budgetOf.ts"

/** What an admin looks after. */
export const houseState = Effect.fn("houseState")(function* () {
  const budget = yield* Budget
  const today = DateTime.formatIso(yield* DateTime.now).slice(0, 10)
  const { cap, spent } = budgetOf(
    yield* budget.spent,
    yield* budget.ledger,
    yield* Catalog.use((catalog) => catalog.list),
    today
  )
  return {
    revenue: yield* (yield* TotalRevenue).list,
    cap,
    spent,
    drills: yield* (yield* Drills).list
  } satisfies HouseState as HouseState
})

/** Enters a month of total revenue. */
export const enterRevenue = Effect.fn("enterRevenue")(function* ({ month, total, source }: RevenueEntry, by: string) {
  yield* (yield* TotalRevenue).set({ month, total: yield* reckon(() => parseMoney(total)), source, by })
  return yield* houseState()
})

/** Every verified buyer by its newest check. */
export const buyerChecks = Effect.fn("buyerChecks")(function* () {
  const buyers = yield* Buyers
  const checks = yield* Effect.forEach(yield* buyers.list, ({ buyer }) => buyers.history(buyer))
  return checks.flatMap(([newest]) => (newest === undefined ? [] : [newest]))
})

/** Notes a check. */
export const verifyBuyer = Effect.fn("verifyBuyer")(function* ({ evidence, ...buyer }: BuyerEntry, by: string) {
  yield* (yield* Buyers).verify(buyer, { by, evidence })
  return yield* buyerChecks()
})

/** Confirms a check as another one. */
export const confirmBuyer = Effect.fn("confirmBuyer")(function* (buyer: string, by: string) {
  yield* (yield* Buyers).confirm(buyer, by)
  return yield* buyerChecks()
})
